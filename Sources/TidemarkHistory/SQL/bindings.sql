-- The entries that bind an environment, the earliest first.
SELECT seq
FROM entry
WHERE environment = :environment
  AND kind = 'binding'
ORDER BY seq
