-- The fingerprints at the head of an environment's chain.
SELECT
    kind,
    identity,
    name,
    path,
    part,
    "key",
    code
FROM index_current_fingerprint
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
