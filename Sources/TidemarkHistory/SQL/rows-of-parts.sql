-- The rows of the hashes of the parts of states, each with its environment.
SELECT
    environment,
    seq,
    root,
    readings,
    fingerprints
FROM index_parts
