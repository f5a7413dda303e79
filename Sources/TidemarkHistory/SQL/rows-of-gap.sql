-- The rows of the gaps, each with its environment.
SELECT
    environment,
    since,
    position,
    until,
    gap
FROM index_gap
