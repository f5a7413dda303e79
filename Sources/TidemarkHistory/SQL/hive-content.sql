-- The contents that an environment's facets have had.
SELECT DISTINCT content_hash AS hash, content(content_hash) AS content
FROM facet_history
WHERE environment = :environment AND content_hash IS NOT NULL
ORDER BY hash
