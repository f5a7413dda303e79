-- The snapshots of an environment.
SELECT seq, at, effective_at, actor, release, changed, hash
FROM snapshot
WHERE environment = :environment
ORDER BY seq
