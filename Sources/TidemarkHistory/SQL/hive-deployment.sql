-- The deployments in an environment.
SELECT seq, at, after, after_at, version, platform
FROM deployment
WHERE environment = :environment
ORDER BY seq
