-- A snapshot whose questions are not among the contents: no row, unless the file is damaged.
SELECT seq
FROM entry
WHERE environment = :environment
  AND kind = 'snapshot'
  AND body ->> '$.questions' NOT IN (SELECT hash FROM content)
LIMIT 1
