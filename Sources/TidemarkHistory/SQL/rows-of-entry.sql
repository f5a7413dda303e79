-- The rows of the entries, each with its environment.
SELECT
    environment,
    seq,
    kind,
    at,
    effective,
    shows_state,
    changed,
    status
FROM index_entry
