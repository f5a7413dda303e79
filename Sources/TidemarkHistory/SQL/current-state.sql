-- The facets at the head of an environment's chain.
SELECT
    kind,
    identity,
    name,
    hash
FROM index_current
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY kind, identity, name  -- the order of the root, and of the table
