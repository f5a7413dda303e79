INSERT INTO log_entry (environment, seq, hash, header, body)
VALUES (:environment, :seq, :hash, :header, :body)
