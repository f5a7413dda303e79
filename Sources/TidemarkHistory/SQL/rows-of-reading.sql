-- The rows of an environment's readings.
SELECT
    reading.environment = resource.environment,
    resource.kind,
    resource.identity,
    place.name,
    reading.seq,
    reading.value
FROM index_reading AS reading
JOIN index_reading_place AS place    ON place.id = reading.place
JOIN index_resource      AS resource ON resource.id = place.resource
WHERE :environment IN (reading.environment, resource.environment)
