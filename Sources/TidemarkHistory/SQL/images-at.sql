-- The images that an environment's descriptions of some kinds name at an entry.
SELECT
    resource.kind,
    resource.identity,
    image.repository,
    image.tag,
    image.digest
FROM index_resource AS resource
JOIN index_facet    AS facet ON facet.resource = resource.id
JOIN index_image    AS image ON image.facet = facet.id
                            AND image.seq = (SELECT max(seq) FROM index_image WHERE facet = facet.id AND seq <= :seq)
                            AND coalesce(image.until > :seq, TRUE)
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.kind IN (SELECT value FROM json_each(:kinds))
ORDER BY resource.identity, image.position
