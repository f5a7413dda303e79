-- The recorded releases of an environment.
SELECT seq, at, label, actor, claimed_by, "commit", url, note
FROM release
WHERE environment = :environment
ORDER BY seq
