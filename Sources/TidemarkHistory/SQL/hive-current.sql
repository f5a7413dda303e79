-- The facets at the head of an environment.
SELECT kind, identity, facet, since, content
FROM current
WHERE environment = :environment
ORDER BY kind, identity, facet
