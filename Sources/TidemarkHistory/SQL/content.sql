SELECT bytes
FROM content
WHERE hash = :hash
