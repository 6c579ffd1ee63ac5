-- What do format changes cost, model by model?
SELECT model, count() AS reformats, sum(time_ms) AS total_ms, sum(share) AS total_share,
       sum(bytes_moved) AS moved_bytes
FROM trex.layers
WHERE type = 'Reformat' AND time_ms > 0
GROUP BY model
ORDER BY total_share DESC
