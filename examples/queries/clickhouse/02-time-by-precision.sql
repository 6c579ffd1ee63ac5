-- In which precision does each engine spend its time?
SELECT engine, precision, count() AS layers, sum(time_ms) AS total_ms, sum(share) AS total_share
FROM trex.layers
WHERE time_ms > 0
GROUP BY engine, precision
ORDER BY engine, total_ms DESC
