-- Which engines have layers that the profile does not know, and how many?
SELECT engine, count(*) AS layers, count(time_ms) AS timed,
       count(*) FILTER (WHERE time_ms IS NULL AND NOT hidden) AS visible_without_time
FROM layers
GROUP BY engine
HAVING count(time_ms) < count(*)
ORDER BY visible_without_time DESC, engine
