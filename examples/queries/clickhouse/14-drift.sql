-- Did a GPU warm up, or slow down, while it was measured? The first tenth against the last.
SELECT engine, (first[intDiv(length(first) - 1, 2) + 1] + first[intDiv(length(first), 2) + 1]) / 2 AS first_ms,
       (last[intDiv(length(last) - 1, 2) + 1] + last[intDiv(length(last), 2) + 1]) / 2 AS last_ms,
       100 * (last_ms / first_ms - 1) AS drift_percent
FROM (
  SELECT engine, arraySort(groupArrayArray(head)) AS first,
         arraySort(groupArrayArray(tail)) AS last
  FROM (
    SELECT engine, engine_id, groupArray((assumeNotNull(inference), assumeNotNull(latency_ms))) AS pairs,
           arrayMap(p -> p.2, arraySort(p -> p.1, pairs)) AS ms, length(ms) AS n,
           arraySlice(ms, 1, intDiv(n, 10) + (n % 10 > 0)) AS head,
           arraySlice(ms, n - intDiv(n, 10) + 1, intDiv(n, 10)) AS tail
    FROM trex.timing
    GROUP BY engine, engine_id
  )
  GROUP BY engine
)
ORDER BY drift_percent DESC, engine
