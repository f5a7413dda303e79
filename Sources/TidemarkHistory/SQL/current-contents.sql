-- The facets at the head of an environment's chain, with their contents.
SELECT
    current.kind,
    current.identity,
    current.name,
    current.seq,
    current.hash,
    text.text
FROM index_current AS current
LEFT JOIN index_current_text AS text ON text.facet = current.facet
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY current.kind, current.identity, current.name  -- the order of the root, and of the table
