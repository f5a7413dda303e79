INSERT INTO index_release (environment, seq, label, claimed_by, "commit", url, note)
VALUES (:environment, :seq, :label, :claimed_by, :commit, :url, :note)
