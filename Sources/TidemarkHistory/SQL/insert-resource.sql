INSERT INTO resource (environment, kind, identity)
VALUES (:environment, :kind, :identity)
ON CONFLICT DO NOTHING
