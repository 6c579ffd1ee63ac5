-- Which layers got slower from one build to the next? Layers of one name are taken together.
SELECT name, before_ms, after_ms, after_ms - before_ms AS slower_ms
FROM (
  SELECT name, sumIf(time_ms, engine = $before) AS before_ms, sumIf(time_ms, engine = $after) AS after_ms,
         countIf(engine = $before AND time_ms IS NOT NULL) AS n
  FROM trex.layers
  WHERE engine IN ($before, $after)
  GROUP BY name
)
WHERE n > 0 AND after_ms > before_ms * 1.02
ORDER BY slower_ms DESC, name
LIMIT 5
