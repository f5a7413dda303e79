-- The entries of an environment behind a place in its chain, the oldest first.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND seq > :seq
ORDER BY seq
