-- The whole content of a facet that a newer one can be the difference from: the current one, or its own base.
SELECT coalesce(content.base, content.id)
FROM index_current AS current
JOIN log_content AS content ON content.id = current.content
WHERE current.facet = :facet
