-- The newest erased entry up to another one, of the kinds on which a state rests.
SELECT seq
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq <= :seq
  AND body IS NULL
  AND header ->> '$.kind' IN ('binding', 'snapshot', 'checkpoint')
ORDER BY seq DESC
LIMIT 1
