-- The fingerprints of an environment at an entry.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    place.path,
    place.part,
    fingerprint."key",
    fingerprint.code
FROM index_resource          AS resource
JOIN index_facet             AS facet       ON facet.resource = resource.id
JOIN index_fingerprint_place AS place       ON place.facet = facet.id
JOIN index_fingerprint       AS fingerprint ON fingerprint.place = place.id
                                           AND fingerprint.seq = (
                                                   SELECT max(seq) FROM index_fingerprint
                                                   WHERE place = place.id AND seq <= :seq)
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND fingerprint.code IS NOT NULL
