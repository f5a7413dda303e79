-- The snapshots of an environment.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND kind = 'snapshot'
ORDER BY seq
