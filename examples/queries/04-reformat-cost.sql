-- What do format changes cost, model by model?
SELECT e.model, count(*) AS reformats, sum(l.time_ms) AS time_ms, sum(l.share) AS share,
       sum(l.bytes_moved) AS moved_bytes
FROM layers l JOIN engines e USING (engine_id)
WHERE l.type = 'Reformat' AND l.time_ms > 0
GROUP BY e.model
ORDER BY share DESC
