-- The entries that record a release of a label.
SELECT
    environment,
    seq
FROM release
WHERE label = :label
  AND (:environment IS NULL OR environment = :environment)
