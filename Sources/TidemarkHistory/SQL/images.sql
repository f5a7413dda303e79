-- Every row of the index of images of an environment.
SELECT
    image.facet,
    image.seq,
    image.position,
    image.vantage,
    image.repository,
    image.tag,
    image.digest
FROM image NOT INDEXED
JOIN facet    ON facet.id = image.facet
JOIN resource ON resource.id = facet.resource
WHERE resource.environment = :environment
