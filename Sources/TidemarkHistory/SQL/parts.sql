-- The hashes of the parts of an environment's state at an entry.
SELECT
    seq  AS since,
    root,
    readings,
    fingerprints
FROM index_parts
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq <= :seq
ORDER BY seq DESC
LIMIT 1
