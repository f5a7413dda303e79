-- The rows of the hashes of the parts of an environment's states.
SELECT
    seq,
    root,
    readings,
    fingerprints
FROM index_parts
WHERE environment = :environment
