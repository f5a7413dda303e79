INSERT INTO index_entry (environment, seq, kind, at, effective)
VALUES (:environment, :seq, :kind, :at, :at)
