-- The newest entries of an environment, newest first.
SELECT
    entry.header,
    entry.hash,
    entry.body,
    "index".at - "index".effective  AS ahead
FROM log_entry AS entry
LEFT JOIN index_entry AS "index" ON "index".environment = entry.environment AND "index".seq = entry.seq
WHERE entry.environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY entry.seq DESC
LIMIT :limit
