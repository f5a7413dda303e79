INSERT INTO index_fingerprint (place, seq, environment, "key", code)
VALUES (:place, :seq, :environment, :key, :code)
