-- At which layer does each engine need most memory for activations?
SELECT engine, arg_max(name, live_bytes) AS layer, arg_max(index, live_bytes) AS at,
       max(live_bytes) AS live_bytes
FROM layers
GROUP BY engine
HAVING max(live_bytes) > 0
ORDER BY live_bytes DESC, engine
