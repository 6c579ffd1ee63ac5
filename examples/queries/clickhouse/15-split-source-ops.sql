-- Which nodes of the model became several layers?
SELECT engine, source_op, uniqExact(layer_index) AS layers, arraySort(groupUniqArray(assumeNotNull(type))) AS types
FROM (SELECT engine_id, engine, source_op, layer_index FROM trex.source_ops)
ALL INNER JOIN (SELECT engine_id, index AS layer_index, type FROM trex.layers) USING engine_id, layer_index
GROUP BY engine, source_op
HAVING layers > 1
ORDER BY layers DESC, engine, source_op
LIMIT 5
