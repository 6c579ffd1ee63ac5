-- Which convolutions wait for memory, and how much of it do they move?
SELECT engine, name, time_ms, bytes_moved AS moved_bytes, gbps, intensity
FROM trex.layers
WHERE type = 'Convolution' AND bound = 'memory'
ORDER BY time_ms DESC, engine, index
LIMIT 5
