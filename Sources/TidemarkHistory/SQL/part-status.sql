-- Whether an environment was settled, and whether its deployment failed, from each entry on. Only the snapshots themselves say it.
SELECT
    0       AS place,
    seq,
    coalesce(status, '')  AS value
FROM (
    SELECT
        seq,
        status,
        lag(status, 1, '-') OVER (ORDER BY seq)  AS before
    FROM index_entry
    WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
      AND shows_state
)
WHERE status IS NOT before
ORDER BY seq
