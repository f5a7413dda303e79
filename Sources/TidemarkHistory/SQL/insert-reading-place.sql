INSERT INTO index_reading_place (resource, name)
VALUES (:resource, :name)
