-- The headers of an environment's entries, newest first.
SELECT header
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq DESC
