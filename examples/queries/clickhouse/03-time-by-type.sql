-- On which types of layer do all engines together spend their time?
SELECT type, count() AS layers, uniqExact(engine_id) AS engines, sum(time_ms) AS total_ms,
       total_ms / (SELECT sum(time_ms) FROM trex.layers) AS part
FROM trex.layers
GROUP BY type
HAVING total_ms > 0
ORDER BY total_ms DESC
