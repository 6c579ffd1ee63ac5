-- Where do the weights sit, and in which type?
SELECT model, type, weights_type, count() AS layers, sum(weights_bytes) AS total_bytes
FROM trex.layers
WHERE weights_bytes > 0
GROUP BY model, type, weights_type
ORDER BY total_bytes DESC, model, type, weights_type
LIMIT 8
