-- The rows of an environment's fingerprints.
SELECT
    fingerprint.environment = resource.environment,
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
WHERE :environment IN (fingerprint.environment, resource.environment)
