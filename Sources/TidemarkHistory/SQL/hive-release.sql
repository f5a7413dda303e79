-- The recorded releases of an environment.
SELECT seq, at, label, actor, claimed_by, "commit", url, note, ticket, pr
FROM release
WHERE environment = :environment
ORDER BY seq
