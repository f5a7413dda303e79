-- The snapshots of an environment at or before an entry, newest first: every one, or those that may show something else than the
-- one before.
SELECT seq
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq <= :seq
  AND header ->> '$.kind' = 'snapshot'
  AND (:every
       OR body ->> '$.changed' IS NOT NULL
       OR body ->> '$.fingerprints' IS NOT NULL
       OR body ->> '$.release' IS NOT NULL
       OR json_type(body, '$.gaps') IS NOT NULL
       OR json_type(body, '$.decoders') IS NOT NULL
       OR json_type(body, '$.key') IS NOT NULL)
ORDER BY seq DESC
