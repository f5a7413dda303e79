-- The changes of an environment's readings.
SELECT kind, identity, name, seq, at, value
FROM reading_history
WHERE environment = :environment
ORDER BY seq, kind, identity, name
