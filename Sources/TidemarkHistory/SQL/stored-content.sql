SELECT
    encoding,
    size,
    bytes
FROM log_content
WHERE id = :id
