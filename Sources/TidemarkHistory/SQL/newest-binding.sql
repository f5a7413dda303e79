-- The newest binding of an environment.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND kind = 'binding'
ORDER BY seq DESC
LIMIT 1
