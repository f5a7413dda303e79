INSERT INTO index_note (environment, seq, about, text, label, release, claimed_by, "commit", url)
VALUES (:environment, :seq, :about, :text, :label, :release, :claimed_by, :commit, :url)
