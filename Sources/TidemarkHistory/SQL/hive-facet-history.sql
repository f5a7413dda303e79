-- The changes of an environment's facets.
SELECT kind, identity, facet, seq, at, content_hash
FROM facet_history
WHERE environment = :environment
ORDER BY seq, kind, identity, facet
