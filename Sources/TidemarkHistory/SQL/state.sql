-- The facets of an environment at an entry: each one's newest version by then, unless it is gone.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    version.seq,
    content.hash,
    content.encoding,
    content.size,
    content.bytes,
    base.encoding  AS base_encoding,
    base.size      AS base_size,
    base.bytes     AS base_bytes
FROM index_resource AS resource
JOIN index_facet    AS facet   ON facet.resource = resource.id
JOIN index_version  AS version ON version.facet = facet.id
                              AND version.seq = (
                                      SELECT max(seq) FROM index_version WHERE facet = facet.id AND seq <= :seq)
LEFT JOIN log_content AS content ON content.id = version.content  -- removed content must not look like a facet that is gone
LEFT JOIN log_content AS base    ON base.id = content.base
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND version.content IS NOT NULL
ORDER BY resource.kind, resource.identity, facet.name  -- the order of the root
