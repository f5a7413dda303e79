INSERT INTO index_root (environment, seq, root)
VALUES (:environment, :seq, :root)
