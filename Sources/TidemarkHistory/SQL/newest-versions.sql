-- The newest version of each facet that is not gone.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    version.facet,
    version.seq,
    version.environment,
    content.hash
FROM index_version AS version
JOIN index_facet    AS facet    ON facet.id = version.facet
JOIN index_resource AS resource ON resource.id = facet.resource
JOIN log_content    AS content  ON content.id = version.content
WHERE version.seq = (SELECT max(seq) FROM index_version WHERE facet = version.facet)
