-- Where an environment has releases, from one place in its chain to before another.
SELECT seq
FROM release
WHERE environment = :environment
  AND seq >= :since
  AND (:until IS NULL OR seq < :until)
ORDER BY seq
