-- The facets at the head of an environment's chain.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    current.hash
FROM index_current AS current
JOIN index_facet    AS facet    ON facet.id = current.facet
JOIN index_resource AS resource ON resource.id = facet.resource
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
