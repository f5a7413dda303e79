-- Whether an environment was settled, and whether its deployment failed, from each entry on. Only the snapshots themselves say it.
SELECT
    0      AS place,
    seq,
    value
FROM (
    SELECT
        seq,
        json_array(body -> '$.unsettled', body -> '$.failed')  AS value,
        lag(json_array(body -> '$.unsettled', body -> '$.failed')) OVER (ORDER BY seq)  AS before
    FROM log_entry
    WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
      AND header ->> '$.kind' = 'snapshot'
)
WHERE value IS NOT before
ORDER BY seq
