-- Which kernels cost most, in how many layers and engines are they?
SELECT tactic_base AS kernel, precision, count() AS layers, uniqExact(engine_id) AS engines,
       sum(time_ms) AS total_ms, sum(flops) / sum(time_ms) / 1e9 AS tflops
FROM trex.layers
WHERE tactic_base IS NOT NULL AND time_ms > 0
GROUP BY tactic_base, precision
ORDER BY total_ms DESC
LIMIT 5
