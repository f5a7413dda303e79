-- The images that an environment's descriptions of some kinds name at an entry.
SELECT
    resource.kind,
    resource.identity,
    image.repository,
    image.tag,
    image.digest
FROM resource
JOIN facet ON facet.resource = resource.id
JOIN image ON image.facet = facet.id
          AND image.seq = (SELECT max(seq) FROM version WHERE facet = facet.id AND seq <= :seq)
WHERE resource.environment = :environment
  AND resource.kind IN (SELECT value FROM json_each(:kinds))
ORDER BY resource.identity, image.position
