-- Every incarnation of each resource, and the entries at which it was gone.
SELECT
    resource.kind,
    resource.identity,
    version.seq,
    version.content,
    version.content IS NULL  AS isGone,
    content.bytes
FROM resource
JOIN facet   ON facet.resource = resource.id
            AND facet.name = 'incarnation'
JOIN version ON version.facet = facet.id
LEFT JOIN content ON content.hash = version.content  -- removed content must not look like a facet that is gone
WHERE resource.environment = :environment
ORDER BY version.seq
