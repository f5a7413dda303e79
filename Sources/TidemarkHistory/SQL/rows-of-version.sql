-- The rows of an environment's facet versions, including those whose environment is not that of their resource.
SELECT
    version.environment = resource.environment,
    resource.kind,
    resource.identity,
    facet.name,
    version.seq,
    content.hash
FROM index_version AS version
JOIN index_facet      AS facet    ON facet.id = version.facet
JOIN index_resource   AS resource ON resource.id = facet.resource
LEFT JOIN log_content AS content  ON content.id = version.content
WHERE :environment IN (version.environment, resource.environment)
  AND (version.content IS NULL) = (content.id IS NULL)
