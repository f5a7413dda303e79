-- The snapshots of an environment by a place in its chain, the newest first, and what may make each another than the one
-- before it.
SELECT
    seq,
    json_array_length(body, '$.changed') > 0 OR body -> '$.release' IS NOT NULL  AS is_change,
    json_array_length(body, '$.gaps') > 0                                       AS has_gaps
FROM entry
WHERE environment = :environment
  AND kind = 'snapshot'
  AND seq <= :seq
ORDER BY seq DESC
