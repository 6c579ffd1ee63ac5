-- Which layers do much arithmetic and do not use Tensor Cores?
SELECT engine, name, precision, macs, time_ms, tensor_core_rule
FROM trex.layers
WHERE macs > 1e6 AND tensor_core = 'no'
ORDER BY time_ms DESC, engine, index
LIMIT 5
