-- The label of the first release after an entry.
SELECT label
FROM index_release
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq > :seq
ORDER BY seq
LIMIT 1
