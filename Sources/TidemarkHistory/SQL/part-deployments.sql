-- The deployments, each with its entry.
SELECT
    1    AS place,
    seq,
    seq  AS value
FROM deployment
WHERE environment = :environment
ORDER BY seq
