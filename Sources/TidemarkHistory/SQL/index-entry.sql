INSERT INTO index_entry (environment, seq, kind, at, effective, shows_state, changed, status)
VALUES (:environment, :seq, :kind, :at, :at, :shows_state, :changed, :status)
