-- The checkpoints before which the state is unknown.
SELECT seq
FROM index_entry AS checkpoint
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND kind = 'checkpoint'
  AND shows_state
  AND coalesce((
        SELECT shows_state FROM index_entry
        WHERE environment = checkpoint.environment
          AND seq < checkpoint.seq
          AND kind IN ('snapshot', 'checkpoint')
        ORDER BY seq DESC
        LIMIT 1), 0) = 0
ORDER BY seq
