-- On which types of layer do all engines together spend their time?
SELECT type, count(*) AS layers, count(DISTINCT engine_id) AS engines, sum(time_ms) AS time_ms,
       sum(time_ms) / (SELECT sum(time_ms) FROM layers) AS share
FROM layers
GROUP BY type
HAVING sum(time_ms) > 0
ORDER BY time_ms DESC
