-- Where do the weights sit, and in which type?
SELECT e.model, l.type, l.weights_type, count(*) AS layers, sum(l.weights_bytes) AS weights_bytes
FROM layers l JOIN engines e USING (engine_id)
WHERE l.weights_bytes > 0
GROUP BY e.model, l.type, l.weights_type
ORDER BY weights_bytes DESC, e.model, l.type, l.weights_type
LIMIT 8
