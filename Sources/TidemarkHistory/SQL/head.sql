-- The newest entry of an environment.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
ORDER BY seq DESC
LIMIT 1
