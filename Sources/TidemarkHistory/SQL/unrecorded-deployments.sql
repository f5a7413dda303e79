-- The deployments that no release books, be it from its own entry or late, the earliest first.
WITH deployed AS (
    SELECT
        environment,
        seq,
        after,
        lead(after) OVER (PARTITION BY environment ORDER BY seq) AS until
    FROM deployment
    WHERE environment = :environment
)
SELECT seq
FROM deployed
WHERE after IS NOT NULL
  AND NOT EXISTS (
        SELECT 1 FROM release
        WHERE release.environment = deployed.environment
          AND release.seq > deployed.after
          AND (deployed.until IS NULL OR release.seq <= deployed.until))
  AND NOT EXISTS (
        SELECT 1 FROM note
        WHERE note.environment = deployed.environment
          AND note.release IS NOT NULL
          AND note.about > deployed.after
          AND (deployed.until IS NULL OR note.about <= deployed.until))
ORDER BY seq
