-- The root of an environment's facets at an entry.
SELECT root
FROM index_root
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
