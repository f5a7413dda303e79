-- The first checkpoint after an entry.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq > :seq
  AND kind = 'checkpoint'
  AND shows_state
ORDER BY seq
LIMIT 1
