-- The rows of the fingerprints at the heads, each with its environment.
SELECT
    environment,
    kind,
    identity,
    name,
    path,
    part,
    "key",
    code
FROM index_current_fingerprint
