-- Every entry, each chain from its beginning.
SELECT
    header,
    hash,
    body
FROM entry
ORDER BY environment, seq
