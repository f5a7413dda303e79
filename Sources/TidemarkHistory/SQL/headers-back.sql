-- The headers of an environment's entries, newest first.
SELECT header
FROM entry
WHERE environment = :environment
ORDER BY seq DESC
