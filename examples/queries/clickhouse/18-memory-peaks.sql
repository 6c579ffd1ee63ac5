-- At which layer does each engine need most memory for activations?
SELECT engine, argMax(name, live_bytes) AS layer, argMax(index, live_bytes) AS at, max(live_bytes) AS most_live_bytes
FROM trex.layers
GROUP BY engine
HAVING most_live_bytes > 0
ORDER BY most_live_bytes DESC, engine
