INSERT INTO index_reading (place, seq, environment, value)
VALUES (:place, :seq, :environment, :value)
