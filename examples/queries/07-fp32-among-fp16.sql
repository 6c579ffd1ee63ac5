-- Which layers of an engine that was allowed FP16 run in FP32, and what do they cost?
SELECT l.engine, l.name, l.type, l.precision_reason, l.time_ms, l.share
FROM layers l JOIN engines e USING (engine_id)
WHERE l.precision = 'FP32' AND l.time_ms > 0 AND e.precision_flags LIKE '%FP16%'
ORDER BY l.time_ms DESC, l.engine, l.index
LIMIT 5
