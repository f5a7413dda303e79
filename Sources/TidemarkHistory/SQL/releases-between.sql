-- The entries of an environment that record a release, from one entry to before another.
SELECT seq
FROM index_release
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq >= :since
  AND (:until IS NULL OR seq < :until)
ORDER BY seq
