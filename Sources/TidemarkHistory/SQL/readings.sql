-- The readings of an environment at an entry.
SELECT
    resource.kind,
    resource.identity,
    place.name,
    reading.value
FROM index_resource      AS resource
JOIN index_reading_place AS place   ON place.resource = resource.id
JOIN index_reading       AS reading ON reading.place = place.id
                                   AND reading.seq = (
                                           SELECT max(seq) FROM index_reading WHERE place = place.id AND seq <= :seq)
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND reading.value IS NOT NULL
