-- Which rules of lint fire most widely, and what is behind them in time?
SELECT rule, rule_group, count() AS findings, uniqExact(engine_id) AS engines,
       sum(recoverable_ms) AS total_recoverable_ms
FROM trex.findings
GROUP BY rule, rule_group
ORDER BY total_recoverable_ms DESC, findings DESC, rule
LIMIT 8
