SELECT
    header,
    hash,
    body
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
