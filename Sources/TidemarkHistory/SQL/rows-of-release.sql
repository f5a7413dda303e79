-- The rows of an environment's releases.
SELECT
    seq,
    label,
    claimed_by,
    "commit",
    url,
    note
FROM index_release
WHERE environment = :environment
