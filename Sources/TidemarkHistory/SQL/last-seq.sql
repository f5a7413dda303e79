-- The newest entry of an environment in the order of the table itself.
SELECT seq
FROM entry NOT INDEXED
WHERE environment = :environment
ORDER BY rowid DESC
LIMIT 1
