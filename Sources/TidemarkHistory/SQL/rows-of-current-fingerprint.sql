-- The rows of the fingerprints at an environment's head.
SELECT
    kind,
    identity,
    name,
    path,
    part,
    "key",
    code
FROM index_current_fingerprint
WHERE environment = :environment
