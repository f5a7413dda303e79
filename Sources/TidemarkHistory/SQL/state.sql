-- The state of an environment at an entry: each facet's newest version by then, unless it is gone.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    version.seq,
    version.content
FROM resource
JOIN facet   ON facet.resource = resource.id
JOIN version ON version.facet = facet.id
            AND version.seq = (SELECT max(seq) FROM version WHERE facet = facet.id AND seq <= :seq)
WHERE resource.environment = :environment
  AND version.content IS NOT NULL
