-- The times of an entry, in milliseconds since 1970, and its kind.
SELECT
    at,
    effective,
    kind
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
