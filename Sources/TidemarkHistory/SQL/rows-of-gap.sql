-- The rows of an environment's gaps.
SELECT
    since,
    position,
    until,
    gap
FROM index_gap
WHERE environment = :environment
