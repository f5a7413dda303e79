-- The newest entries.
SELECT
    entry.seq,
    entry.at,
    entry.kind,
    entry.actor,
    release.label,
    release.claimed_by,
    entry.hash
FROM entry
LEFT JOIN release USING (environment, seq)
WHERE entry.environment = 'antenna-production'
ORDER BY entry.seq DESC
LIMIT :limit
