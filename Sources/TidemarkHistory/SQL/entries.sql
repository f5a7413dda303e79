-- Every entry, each chain in its order.
SELECT
    header,
    hash,
    body
FROM entry
ORDER BY environment, seq
