-- The newest release, from each entry on. A checkpoint repeats one that may have been removed or erased.
SELECT
    0                       AS place,
    seq,
    CAST(release AS TEXT)   AS value
FROM (
    SELECT environment, seq, seq AS release
    FROM index_release
    UNION ALL
    SELECT environment, about, about
    FROM index_note
    WHERE release IS NOT NULL
    UNION ALL
    SELECT environment, seq, log_entry.header ->> '$.release'
    FROM index_entry
    JOIN log_entry USING (environment, seq)
    WHERE index_entry.kind = 'checkpoint'
)
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq
