-- The entries of an environment after another one, oldest first.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND seq > :seq
ORDER BY seq
