-- The rows of the releases, each with its environment.
SELECT
    environment,
    seq,
    label,
    claimed_by,
    "commit",
    url,
    note,
    ticket,
    pr
FROM index_release
