-- Which rules of lint fire most widely, and what is behind them in time?
SELECT rule, rule_group, count(*) AS findings, count(DISTINCT engine_id) AS engines,
       sum(recoverable_ms) AS recoverable_ms
FROM findings
GROUP BY rule, rule_group
ORDER BY recoverable_ms DESC NULLS LAST, findings DESC, rule
LIMIT 8
