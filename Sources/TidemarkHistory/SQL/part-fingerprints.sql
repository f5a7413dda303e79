-- The fingerprints in the facets of a kind, from each entry on.
SELECT
    place.id                                        AS place,
    fingerprint.seq,
    fingerprint."key" || ' ' || fingerprint.code    AS value
FROM index_resource          AS resource
JOIN index_facet             AS facet       ON facet.resource = resource.id
JOIN index_fingerprint_place AS place       ON place.facet = facet.id
JOIN index_fingerprint       AS fingerprint ON fingerprint.place = place.id
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.kind = :kind
ORDER BY fingerprint.seq
