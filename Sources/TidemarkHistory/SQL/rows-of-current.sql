-- The rows of the facets at the heads, each with its environment; null if its names are not those of its facet.
SELECT
    (
        SELECT resource.environment
        FROM index_facet    AS facet
        JOIN index_resource AS resource ON resource.id = facet.resource
        WHERE facet.id = current.facet
          AND (facet.name, resource.environment, resource.kind, resource.identity)
            = (current.name, current.environment, current.kind, current.identity)),
    kind,
    identity,
    name,
    seq,
    hash
FROM index_current AS current
