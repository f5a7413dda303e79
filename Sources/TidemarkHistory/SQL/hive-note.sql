-- The notes of an environment.
SELECT seq, at, actor, about, text, label, release, claimed_by, "commit", url
FROM note
WHERE environment = :environment
ORDER BY seq
