-- The rows of the facets at an environment's head.
SELECT
    current.environment = resource.environment AND current.hash = content.hash,
    resource.kind,
    resource.identity,
    facet.name,
    current.seq,
    content.hash
FROM index_current AS current
JOIN index_facet    AS facet    ON facet.id = current.facet
JOIN index_resource AS resource ON resource.id = facet.resource
JOIN log_content    AS content  ON content.id = current.content
WHERE :environment IN (current.environment, resource.environment)
