-- Which layers take longest, whatever engine they are in?
SELECT engine, name, type, precision, time_ms, share
FROM trex.layers
ORDER BY time_ms DESC NULLS LAST, engine, index
LIMIT 5
