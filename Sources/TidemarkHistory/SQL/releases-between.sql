-- The entries of an environment that record a release, from one entry to before another.
SELECT seq
FROM release
WHERE environment = :environment
  AND seq >= :since
  AND (:until IS NULL OR seq < :until)
ORDER BY seq
