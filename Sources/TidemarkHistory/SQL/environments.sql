SELECT name
FROM log_environment
ORDER BY name
