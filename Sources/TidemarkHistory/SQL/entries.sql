-- Every entry, each chain in its order.
SELECT
    environment,
    header,
    hash,
    body
FROM log_entry
ORDER BY environment, seq
