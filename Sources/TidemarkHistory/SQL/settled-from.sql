-- The oldest settled snapshot at or after an entry.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq >= :seq
  AND shows_state
  AND coalesce(status -> '$[0]', '[]') = '[]'
ORDER BY seq
LIMIT 1
