-- The fingerprints of an environment at an entry.
SELECT
    resource.kind,
    resource.identity,
    facet.name,
    fingerprint.path,
    fingerprint.part,
    fingerprint."key",
    fingerprint.code
FROM resource
JOIN facet       ON facet.resource = resource.id
JOIN fingerprint ON fingerprint.facet = facet.id
WHERE resource.environment = :environment
  AND fingerprint.code IS NOT NULL
  AND fingerprint.seq = (
        SELECT max(newer.seq)
        FROM fingerprint AS newer
        WHERE newer.facet = fingerprint.facet
          AND newer.path = fingerprint.path
          AND newer.part = fingerprint.part
          AND newer.seq <= :seq)
