-- Every content with its hash.
SELECT
    hash  AS content,
    bytes
FROM content
