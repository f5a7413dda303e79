-- The facets at the head of an environment's chain, with their contents.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    current.seq,
    content.hash,
    current.text
FROM index_current AS current
JOIN index_facet    AS facet    ON facet.id = current.facet
JOIN index_resource AS resource ON resource.id = facet.resource
JOIN log_content    AS content  ON content.id = current.content
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
