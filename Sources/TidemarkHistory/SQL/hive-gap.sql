-- The questions without an answer about an environment.
SELECT service, operation, parameters, outcome, reason, since, until
FROM gap
WHERE environment = :environment
ORDER BY since, service, operation, parameters
