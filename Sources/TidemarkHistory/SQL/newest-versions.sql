-- The newest version of each facet that is not gone.
SELECT
    version.facet,
    version.seq,
    version.environment,
    content.hash
FROM index_version AS version
JOIN log_content AS content ON content.id = version.content
WHERE version.seq = (SELECT max(seq) FROM index_version WHERE facet = version.facet)
