-- The entries of an environment that show a known state.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND shows_state
ORDER BY seq
