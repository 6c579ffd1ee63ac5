-- Which layers got slower from one build to the next? Layers of one name are taken together.
WITH times AS (
  SELECT name, sum(time_ms) FILTER (WHERE engine = $before) AS before_ms,
         sum(time_ms) FILTER (WHERE engine = $after) AS after_ms
  FROM layers
  WHERE engine IN ($before, $after)
  GROUP BY name
)
SELECT name, before_ms, after_ms, after_ms - before_ms AS slower_ms
FROM times
WHERE after_ms > before_ms * 1.02
ORDER BY slower_ms DESC, name
LIMIT 5
