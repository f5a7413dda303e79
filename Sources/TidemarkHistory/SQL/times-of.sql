-- The times of an entry, in milliseconds since 1970.
SELECT
    at,
    effective
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
