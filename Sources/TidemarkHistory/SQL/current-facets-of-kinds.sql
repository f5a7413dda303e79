-- The facets of resources of some kinds at the head of an environment's chain.
SELECT
    current.kind,
    current.identity,
    current.name,
    current.hash,
    text.text
FROM index_current AS current
LEFT JOIN index_current_text AS text ON text.facet = current.facet
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND current.kind IN (SELECT value FROM json_each(:kinds))
