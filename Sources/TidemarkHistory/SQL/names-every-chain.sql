-- Whether each environment that has entries has a name. It jumps from one environment to the next.
WITH RECURSIVE chain (environment) AS (
    SELECT min(environment)
    FROM log_entry
    UNION ALL
    SELECT (SELECT min(environment) FROM log_entry WHERE environment > chain.environment)
    FROM chain
    WHERE chain.environment IS NOT NULL
)
SELECT NOT EXISTS (
    SELECT 1
    FROM chain
    WHERE environment IS NOT NULL
      AND environment NOT IN (SELECT id FROM log_environment))
