SELECT seq
FROM release
WHERE environment = :environment
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
