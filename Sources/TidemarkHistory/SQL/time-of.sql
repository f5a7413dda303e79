-- When an entry was appended, in milliseconds since 1970.
SELECT at
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
