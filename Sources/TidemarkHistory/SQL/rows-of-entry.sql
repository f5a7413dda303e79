-- The rows of an environment's entries.
SELECT
    seq,
    kind,
    at,
    effective
FROM index_entry
WHERE environment = :environment
