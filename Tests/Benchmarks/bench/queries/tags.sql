-- The images of each tag of a repository, with the first and last time, and when each began to run.
SELECT
    registry.tag,
    registry.digest,
    since.at        AS since,
    until.at        AS until,
    min(ran.since)  AS ran_since
FROM image_tag AS registry
JOIN snapshot AS since           ON since.environment = registry.environment
                             AND since.seq = registry.since
LEFT JOIN snapshot AS until      ON until.environment = registry.environment
                             AND until.seq = registry.until
LEFT JOIN image_tag AS ran ON ran.vantage = 'running'
                             AND ran.repository = registry.repository
                             AND ran.digest = registry.digest
WHERE registry.vantage = 'registry'
  AND registry.repository LIKE '%/' || :repository
GROUP BY registry.repository, registry.tag, registry.since
ORDER BY registry.repository, registry.tag, registry.since
