-- The entries that record a release whose commit begins with a text, newest first.
SELECT release.environment,
       release.seq
FROM release
JOIN entry ON entry.environment = release.environment
          AND entry.seq = release.seq
WHERE substr(release."commit", 1, length(:text)) = :text
  AND (:environment IS NULL OR release.environment = :environment)
ORDER BY entry.at DESC
LIMIT 10
