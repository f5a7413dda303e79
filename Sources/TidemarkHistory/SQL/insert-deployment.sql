INSERT INTO index_deployment (environment, seq, after, version, platform)
VALUES (:environment, :seq, :after, :version, :platform)
