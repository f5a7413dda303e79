INSERT INTO index_derivation (version)
VALUES (:version)
