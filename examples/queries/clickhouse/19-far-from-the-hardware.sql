-- Which layers are furthest from what the GPU could do, in time that could be won?
SELECT engine, name, time_ms, floor_ms, time_ms - floor_ms AS above_ms, efficiency, bound
FROM trex.layers
WHERE floor_ms > 0 AND time_ms > floor_ms
ORDER BY above_ms DESC, engine, index
LIMIT 5
