-- The newest entries of an environment before one, newest first.
SELECT
    header,
    hash,
    body
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq < coalesce(:before, 9223372036854775807)
ORDER BY seq DESC
LIMIT :limit
