-- The rows of an environment's entries.
SELECT
    seq,
    kind,
    at,
    effective,
    changed,
    status
FROM index_entry
WHERE environment = :environment
