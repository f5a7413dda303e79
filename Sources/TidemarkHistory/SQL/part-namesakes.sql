-- The descriptions of the resources with an identity, from each entry on.
SELECT
    facet.id                       AS place,
    version.seq,
    CAST(version.content AS TEXT)  AS value
FROM index_resource AS resource
JOIN index_facet    AS facet   ON facet.resource = resource.id
                              AND facet.name = 'description'
JOIN index_version  AS version ON version.facet = facet.id
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.identity = :identity
ORDER BY version.seq
