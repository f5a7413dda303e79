-- The newest entries.
SELECT
    snapshot.seq,
    snapshot.at,
    'snapshot'  AS kind,
    snapshot.actor,
    release.label,
    release.claimed_by,
    snapshot.hash
FROM snapshot
LEFT JOIN release USING (environment, seq)
WHERE snapshot.environment = 'antenna-production'
ORDER BY snapshot.seq DESC
LIMIT :limit
