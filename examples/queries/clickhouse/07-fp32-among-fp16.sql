-- Which layers of an engine that was allowed FP16 run in FP32, and what do they cost?
SELECT engine, name, type, precision_reason, time_ms, share
FROM trex.layers
WHERE precision = 'FP32' AND time_ms > 0
  AND engine_id GLOBAL IN (SELECT engine_id FROM trex.engines WHERE precision_flags LIKE '%FP16%')
ORDER BY time_ms DESC, engine, index
LIMIT 5
