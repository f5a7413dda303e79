INSERT INTO index_resource (environment, kind, identity)
VALUES (:environment, :kind, :identity)
