-- The rows of facet versions, each with its environment; null if that is not the one of its resource.
SELECT
    iif(version.environment = resource.environment, version.environment, NULL),
    resource.kind,
    resource.identity,
    facet.name,
    version.seq,
    content.hash
FROM index_version AS version
JOIN index_facet      AS facet    ON facet.id = version.facet
JOIN index_resource   AS resource ON resource.id = facet.resource
LEFT JOIN log_content AS content  ON content.id = version.content
WHERE (version.content IS NULL) = (content.id IS NULL)
