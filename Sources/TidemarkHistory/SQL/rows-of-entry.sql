-- The rows of an environment's entries.
SELECT
    seq,
    kind,
    at,
    effective,
    shows_state,
    changed,
    status
FROM index_entry
WHERE environment = :environment
