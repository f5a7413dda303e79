-- The entries of an environment that have a release, from one entry to before another.
SELECT seq
FROM index_release
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq >= :since
  AND (:until IS NULL OR seq < :until)
UNION
SELECT about
FROM index_note
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND release IS NOT NULL
  AND about >= :since
  AND (:until IS NULL OR about < :until)
ORDER BY seq
