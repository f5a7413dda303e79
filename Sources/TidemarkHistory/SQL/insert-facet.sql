INSERT INTO index_facet (resource, name)
VALUES (:resource, :name)
