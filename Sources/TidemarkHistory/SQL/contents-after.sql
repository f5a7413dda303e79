-- The contents after a row, in the order of the rows, and the one that is the dictionary of each.
SELECT
    content.id,
    content.hash,
    content.encoding,
    content.size,
    content.bytes,
    base.encoding  AS base_encoding,
    base.size      AS base_size,
    base.bytes     AS base_bytes
FROM log_content AS content
LEFT JOIN log_content AS base ON base.id = content.base
WHERE content.id > :id
ORDER BY content.id
