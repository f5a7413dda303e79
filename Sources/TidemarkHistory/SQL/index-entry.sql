INSERT INTO index_entry (environment, seq, kind, at, effective, changed, status)
VALUES (:environment, :seq, :kind, :at, :at, :changed, :status)
