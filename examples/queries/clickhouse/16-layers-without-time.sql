-- Which engines have layers that the profile does not know, and how many?
SELECT engine, count() AS layers, countIf(time_ms IS NOT NULL) AS timed,
       countIf(time_ms IS NULL AND hidden = 0) AS visible_without_time
FROM trex.layers
GROUP BY engine
HAVING timed < layers
ORDER BY visible_without_time DESC, engine
