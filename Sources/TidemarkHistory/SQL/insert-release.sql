INSERT INTO index_release (environment, seq, label, claimed_by, "commit", url, note, ticket, pr)
VALUES (:environment, :seq, :label, :claimed_by, :commit, :url, :note, :ticket, :pr)
