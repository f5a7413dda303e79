-- The newest entry of an environment that the index has.
SELECT max(seq)
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
