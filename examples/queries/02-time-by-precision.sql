-- In which precision does each engine spend its time?
SELECT engine, precision, count(*) AS layers, sum(time_ms) AS time_ms, sum(share) AS share
FROM layers
WHERE time_ms > 0
GROUP BY engine, precision
ORDER BY engine, time_ms DESC
