-- The newest entries of an environment, the newest first.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
ORDER BY seq DESC
LIMIT :limit
