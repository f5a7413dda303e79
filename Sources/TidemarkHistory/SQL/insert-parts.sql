-- Adds the hashes of the parts of a state, unless they are those of the newest row.
INSERT INTO index_parts (environment, seq, root, readings, fingerprints)
SELECT
    :environment,
    :seq,
    :root,
    :readings,
    :fingerprints
WHERE (:root, :readings, :fingerprints) IS NOT (
    SELECT root, readings, fingerprints
    FROM index_parts
    WHERE environment = :environment
    ORDER BY seq DESC
    LIMIT 1)
