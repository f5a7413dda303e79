SELECT id
FROM log_environment
WHERE name = :name
