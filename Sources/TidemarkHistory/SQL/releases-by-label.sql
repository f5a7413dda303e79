-- The entries whose release was booked with a label, or has it by a note.
SELECT
    environment,
    seq
FROM release
WHERE label = :label
  AND (:environment IS NULL OR environment = :environment)
UNION
SELECT
    environment,
    about
FROM note
WHERE :label IN (label, release)
  AND (:environment IS NULL OR environment = :environment)
