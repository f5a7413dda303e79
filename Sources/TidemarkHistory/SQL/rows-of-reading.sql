-- The rows of readings, each with its environment; null if that is not the one of its resource.
SELECT
    iif(reading.environment = resource.environment, reading.environment, NULL),
    resource.kind,
    resource.identity,
    place.name,
    reading.seq,
    reading.value
FROM index_reading AS reading
JOIN index_reading_place AS place    ON place.id = reading.place
JOIN index_resource      AS resource ON resource.id = place.resource
