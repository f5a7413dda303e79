-- A content, and the one that is its dictionary.
SELECT
    content.hash,
    content.encoding,
    content.size,
    content.bytes,
    base.encoding  AS base_encoding,
    base.size      AS base_size,
    base.bytes     AS base_bytes
FROM log_content AS content
LEFT JOIN log_content AS base ON base.id = content.base
WHERE content.hash = :hash
