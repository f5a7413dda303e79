-- The rows of an environment's images.
SELECT
    image.environment = resource.environment,
    resource.kind,
    resource.identity,
    facet.name,
    image.seq,
    image.position,
    image.until,
    image.vantage,
    image.repository,
    image.tag,
    image.digest
FROM index_image AS image
JOIN index_facet    AS facet    ON facet.id = image.facet
JOIN index_resource AS resource ON resource.id = facet.resource
WHERE :environment IN (image.environment, resource.environment)
