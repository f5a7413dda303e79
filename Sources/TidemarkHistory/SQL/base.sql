-- The whole content of a facet that a newer one can be the difference from: the current one, or its own base.
SELECT coalesce(content.base, content.id)
FROM log_content AS content
WHERE content.id = (
    SELECT content
    FROM index_version
    WHERE facet = :facet
    ORDER BY seq DESC
    LIMIT 1)
