-- Which tensors are largest? A tensor is written once and read often: it counts once.
SELECT engine, name, any(dims) AS some_dims, any(format) AS some_format, max(bytes) AS largest_bytes, count() AS uses
FROM trex.tensors
GROUP BY engine, name
ORDER BY largest_bytes DESC, engine, name
LIMIT 5
