SELECT id
FROM log_content
WHERE hash = :hash
