-- How steady is each engine? By how much the slowest hundredth exceeds the median.
SELECT engine, count(*) AS inferences, median(latency_ms) AS median_ms,
       quantile_disc(latency_ms, 0.99) AS p99_ms, max(latency_ms) AS most_ms,
       100 * (p99_ms / median_ms - 1) AS tail_percent
FROM timing
GROUP BY engine
ORDER BY tail_percent DESC, engine
