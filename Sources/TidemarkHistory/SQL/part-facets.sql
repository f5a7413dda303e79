-- The contents of the facets of a kind, from each entry on: those of one resource or of all, of one name or of all.
SELECT
    facet.id                       AS place,
    version.seq,
    CAST(version.content AS TEXT)  AS value
FROM index_resource AS resource
JOIN index_facet    AS facet   ON facet.resource = resource.id
JOIN index_version  AS version ON version.facet = facet.id
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.kind = :kind
  AND (:identity IS NULL OR resource.identity = :identity)
  AND (:name IS NULL OR facet.name = :name)
ORDER BY version.seq
