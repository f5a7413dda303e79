SELECT
    header,
    hash,
    body
FROM entry
WHERE environment = :environment
  AND seq = :seq
