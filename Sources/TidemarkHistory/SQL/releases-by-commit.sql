-- The entries with a release whose commit begins with a text, newest first.
SELECT
    environment,
    seq
FROM (
    SELECT environment, seq, at, "commit"
    FROM release
    UNION ALL
    SELECT environment, about, at, "commit"
    FROM note
)
WHERE substr("commit", 1, length(:text)) = :text
  AND (:environment IS NULL OR environment = :environment)
ORDER BY at DESC
LIMIT 10
