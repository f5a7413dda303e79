-- The entries with a release whose commit begins with a text.
SELECT
    environment,
    seq
FROM (
    SELECT environment, seq, "commit"
    FROM release
    UNION
    SELECT environment, about, "commit"
    FROM note
)
WHERE lower(substr("commit", 1, length(:text))) = :text
  AND (:environment IS NULL OR environment = :environment)
ORDER BY seq
