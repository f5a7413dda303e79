-- The readings of a name of the resources of a kind, from each entry on.
SELECT
    place.id       AS place,
    reading.seq,
    reading.value
FROM index_resource      AS resource
JOIN index_reading_place AS place   ON place.resource = resource.id
                                   AND place.name = :name
JOIN index_reading       AS reading ON reading.place = place.id
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.kind = :kind
ORDER BY reading.seq
