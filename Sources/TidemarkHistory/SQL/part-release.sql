-- The newest release, from each entry on.
SELECT
    0                    AS place,
    seq,
    CAST(seq AS TEXT)    AS value
FROM index_release
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq
