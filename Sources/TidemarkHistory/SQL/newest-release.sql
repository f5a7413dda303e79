SELECT seq
FROM index_release
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
