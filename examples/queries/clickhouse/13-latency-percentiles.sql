-- How steady is each engine? By how much the slowest hundredth exceeds the median.
SELECT engine, length(ms) AS inferences, (ms[intDiv(inferences - 1, 2) + 1] + ms[intDiv(inferences, 2) + 1]) / 2 AS median_ms,
       ms[toUInt64(ceil(0.99 * inferences))] AS p99_ms, ms[inferences] AS most_ms,
       100 * (p99_ms / median_ms - 1) AS tail_percent
FROM (
  SELECT engine, arraySort(groupArray(assumeNotNull(latency_ms))) AS ms
  FROM trex.timing
  GROUP BY engine
)
ORDER BY tail_percent DESC, engine
