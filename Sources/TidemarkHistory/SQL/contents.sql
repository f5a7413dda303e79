-- Every content with the hash under which it is kept.
SELECT
    hash  AS content,
    bytes
FROM content
