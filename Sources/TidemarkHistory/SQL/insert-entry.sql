INSERT INTO entry (environment, seq, header, hash, body)
VALUES (:environment, :seq, :header, :hash, :body)
