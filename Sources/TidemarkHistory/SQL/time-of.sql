-- When an entry was appended.
SELECT at
FROM entry
WHERE environment = :environment
  AND seq = :seq
