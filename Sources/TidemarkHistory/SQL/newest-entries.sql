-- The newest entries of an environment, newest first.
SELECT
    header,
    hash,
    body
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq DESC
LIMIT :limit
