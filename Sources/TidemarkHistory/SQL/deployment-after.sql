-- The oldest deployment after an entry.
SELECT seq, after, version, platform
FROM index_deployment
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq > :seq
ORDER BY seq
LIMIT 1
