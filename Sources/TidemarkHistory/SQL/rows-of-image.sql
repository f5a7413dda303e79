-- The rows of images, each with its environment; null if that is not the one of its resource.
SELECT
    iif(image.environment = resource.environment, image.environment, NULL),
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
