-- Where a label was released.
SELECT environment, seq
FROM release
WHERE label = :label
  AND (:environment IS NULL OR environment = :environment)
