SELECT
    since,
    position,
    gap
FROM index_gap
WHERE environment = :environment
  AND until IS NULL
