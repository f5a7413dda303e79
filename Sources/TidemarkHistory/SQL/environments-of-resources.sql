-- The environments that the index knows.
SELECT DISTINCT environment
FROM resource NOT INDEXED
