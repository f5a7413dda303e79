-- The environments that the index has.
SELECT DISTINCT environment
FROM resource NOT INDEXED
