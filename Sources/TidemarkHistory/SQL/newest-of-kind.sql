-- The newest entry of a kind, at or before a place in the chain.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND kind = :kind
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
