INSERT INTO index_fingerprint_place (facet, path, part)
VALUES (:facet, :path, :part)
