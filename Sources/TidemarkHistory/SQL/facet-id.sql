SELECT id
FROM index_facet
WHERE resource = :resource
  AND name = :name
