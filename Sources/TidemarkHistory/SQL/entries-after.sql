-- The entries of an environment after another one, oldest first.
SELECT
    header,
    hash,
    body
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq > :seq
ORDER BY seq
