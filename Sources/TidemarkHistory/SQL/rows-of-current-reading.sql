-- The rows of the readings at an environment's head.
SELECT
    kind,
    identity,
    name,
    value
FROM index_current_reading
WHERE environment = :environment
