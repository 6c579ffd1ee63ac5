-- What is there, by GPU and TensorRT version, and how fast is it?
SELECT gpu, tensorrt_version, count() AS engines, min(end_to_end_median_ms) AS fastest_ms,
       max(end_to_end_median_ms) AS slowest_ms, sum(recoverable_ms) AS total_recoverable_ms
FROM trex.engines
GROUP BY gpu, tensorrt_version
ORDER BY gpu, tensorrt_version
