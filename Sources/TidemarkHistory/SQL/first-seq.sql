-- The first entry of an environment.
SELECT min(seq)
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
