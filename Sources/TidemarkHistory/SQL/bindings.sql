-- The entries that bind an environment, the earliest first.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND kind = 'binding'
ORDER BY seq
