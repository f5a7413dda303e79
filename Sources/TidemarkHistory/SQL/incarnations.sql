-- Every incarnation of each resource, and the entries at which it was gone.
SELECT
    resource.kind,
    resource.identity,
    version.seq,
    version.content IS NULL  AS isGone,
    content.hash,
    content.encoding,
    content.size,
    content.bytes,
    base.encoding  AS base_encoding,
    base.size      AS base_size,
    base.bytes     AS base_bytes
FROM index_resource AS resource
JOIN index_facet    AS facet   ON facet.resource = resource.id
                              AND facet.name = 'incarnation'
JOIN index_version  AS version ON version.facet = facet.id
LEFT JOIN log_content AS content ON content.id = version.content  -- removed content must not look like a facet that is gone
LEFT JOIN log_content AS base    ON base.id = content.base
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY version.seq
