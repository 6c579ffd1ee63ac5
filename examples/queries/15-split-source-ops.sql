-- Which nodes of the model became several layers?
SELECT s.engine, s.source_op, count(DISTINCT s.layer_index) AS layers,
       list(DISTINCT l.type ORDER BY l.type) AS types
FROM source_ops s JOIN layers l ON l.engine_id = s.engine_id AND l.index = s.layer_index
GROUP BY s.engine, s.source_op
HAVING count(DISTINCT s.layer_index) > 1
ORDER BY layers DESC, s.engine, s.source_op
LIMIT 5
