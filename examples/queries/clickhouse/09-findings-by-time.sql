-- What could be won, and what is to be done for it?
SELECT engine, rule, recoverable_ms, confidence, mitigation
FROM trex.findings
WHERE recoverable_ms > 0
ORDER BY recoverable_ms DESC, engine, fingerprint
LIMIT 5
