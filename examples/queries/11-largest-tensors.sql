-- Which tensors are largest? A tensor is written once and read often: it counts once.
SELECT engine, name, any_value(dims) AS dims, any_value(format) AS format,
       max(bytes) AS bytes, count(*) AS uses
FROM tensors
GROUP BY engine, name
ORDER BY bytes DESC NULLS LAST, engine, name
LIMIT 5
