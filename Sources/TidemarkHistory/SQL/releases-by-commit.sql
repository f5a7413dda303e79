-- The entries that record a release whose commit begins with a text, newest first.
SELECT
    environment,
    seq
FROM release
WHERE substr("commit", 1, length(:text)) = :text
  AND (:environment IS NULL OR environment = :environment)
ORDER BY at DESC
LIMIT 10
