INSERT INTO fingerprint (facet, path, part, seq, "key", code)
VALUES (:facet, :path, :part, :seq, :key, :code)
