-- The newest snapshot at or before a place in the chain. Nearly every entry is one, so the chain is gone back by its key:
-- an index by kind could leave the newest out.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND +kind = :kind
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
