-- The newest entry of a kind that was appended at or before a time.
SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND kind = :kind
  AND at <= :at
ORDER BY at DESC, seq DESC
LIMIT 1
