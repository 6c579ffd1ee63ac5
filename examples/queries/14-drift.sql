-- Did a GPU warm up, or slow down, while it was measured? The first tenth against the last.
WITH parts AS (
  SELECT engine, latency_ms, ntile(10) OVER (PARTITION BY engine_id ORDER BY inference) AS tenth
  FROM timing
)
SELECT engine, median(latency_ms) FILTER (WHERE tenth = 1) AS first_ms,
       median(latency_ms) FILTER (WHERE tenth = 10) AS last_ms,
       100 * (last_ms / first_ms - 1) AS drift_percent
FROM parts
GROUP BY engine
ORDER BY drift_percent DESC, engine
