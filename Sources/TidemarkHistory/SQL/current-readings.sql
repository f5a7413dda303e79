-- The readings at the head of an environment's chain.
SELECT
    kind,
    identity,
    name,
    value
FROM index_current_reading
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
