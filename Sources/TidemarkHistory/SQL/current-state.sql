-- The facets at the head of an environment's chain.
SELECT
    kind,
    identity,
    name,
    hash
FROM index_current
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
