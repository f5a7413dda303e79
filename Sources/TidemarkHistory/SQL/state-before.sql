-- The newest entry before another one that shows a known state.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq < :seq
  AND shows_state
ORDER BY seq DESC
LIMIT 1
