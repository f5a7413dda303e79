-- The rows of fingerprints, each with its environment; null if that is not the one of its resource.
SELECT
    iif(fingerprint.environment = resource.environment, fingerprint.environment, NULL),
    resource.kind,
    resource.identity,
    facet.name,
    place.path,
    place.part,
    fingerprint.seq,
    fingerprint."key",
    fingerprint.code
FROM index_fingerprint AS fingerprint
JOIN index_fingerprint_place AS place    ON place.id = fingerprint.place
JOIN index_facet             AS facet    ON facet.id = place.facet
JOIN index_resource          AS resource ON resource.id = facet.resource
