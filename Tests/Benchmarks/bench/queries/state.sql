-- Every facet at an entry.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    content.bytes
FROM resource
JOIN facet   ON facet.resource = resource.id
JOIN version ON version.facet = facet.id
            AND version.seq = (SELECT max(seq) FROM version WHERE facet = facet.id AND seq <= :seq)
JOIN content ON content.hash = version.content
WHERE resource.environment = 'antenna-production'
  AND resource.identity LIKE :identity
