-- The labels of the newest releases, newest first.
SELECT release.label
FROM release
JOIN entry ON entry.environment = release.environment
          AND entry.seq = release.seq
WHERE :environment IS NULL OR release.environment = :environment
GROUP BY release.label
ORDER BY max(entry.at) DESC, release.label
LIMIT 10
