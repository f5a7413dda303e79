SELECT id
FROM index_reading_place
WHERE resource = :resource
  AND name = :name
