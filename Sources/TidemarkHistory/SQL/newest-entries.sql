-- The newest entries of an environment, newest first.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
ORDER BY seq DESC
LIMIT :limit
