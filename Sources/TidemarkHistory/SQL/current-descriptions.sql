-- The descriptions of resources of some kinds at the head of an environment's chain.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    current.hash,
    text.text
FROM index_current AS current
JOIN index_facet             AS facet    ON facet.id = current.facet
JOIN index_resource          AS resource ON resource.id = facet.resource
LEFT JOIN index_current_text AS text     ON text.facet = current.facet
WHERE current.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND facet.name = 'description'
  AND resource.kind IN (SELECT value FROM json_each(:kinds))
