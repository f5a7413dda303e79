-- An entry after another one that has a time, in milliseconds since 1970.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq > :seq
  AND at = :at
LIMIT 1
