-- The same rows as state.sql, with the content of each facet.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    version.seq,
    version.content,
    content.encoding,
    content.bytes
FROM resource
JOIN facet   ON facet.resource = resource.id
JOIN version ON version.facet = facet.id
            AND version.seq = (SELECT max(seq) FROM version WHERE facet = facet.id AND seq <= :seq)
LEFT JOIN content ON content.hash = version.content  -- removed content must not look like a facet that is gone
WHERE resource.environment = :environment
  AND version.content IS NOT NULL
