-- The snapshots of an environment at or before an entry, newest first, and whether each may differ from the one before it.
SELECT
    seq,
    json_array_length(body, '$.changed') > 0 OR body -> '$.release' IS NOT NULL  AS is_change,
    json_array_length(body, '$.gaps') > 0                                       AS has_gaps
FROM entry
WHERE environment = :environment
  AND kind = 'snapshot'
  AND seq <= :seq
ORDER BY seq DESC
