-- Every recorded description of the resources of some kinds, with its content.
SELECT
    version.facet,
    version.seq,
    resource.kind,
    resource.identity,
    version.content,
    content.bytes
FROM version
JOIN facet    ON facet.id = version.facet
JOIN resource ON resource.id = facet.resource
LEFT JOIN content ON content.hash = version.content
WHERE resource.environment = :environment
  AND resource.kind IN (SELECT value FROM json_each(:kinds))
  AND facet.name = 'description'
  AND version.content IS NOT NULL
