-- The rows of the readings at the heads, each with its environment.
SELECT
    environment,
    kind,
    identity,
    name,
    value
FROM index_current_reading
