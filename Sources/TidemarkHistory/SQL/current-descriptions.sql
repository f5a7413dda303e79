-- The descriptions of resources of some kinds at the head of an environment's chain.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    content.hash,
    current.text
FROM index_current AS current
JOIN index_facet    AS facet    ON facet.id = current.facet
JOIN index_resource AS resource ON resource.id = facet.resource
JOIN log_content    AS content  ON content.id = current.content
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND facet.name = 'description'
  AND resource.kind IN (SELECT value FROM json_each(:kinds))
