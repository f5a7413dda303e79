INSERT OR IGNORE INTO index_config (environment, digest, platform, config, revision, seq)
VALUES (:environment, :digest, :platform, :config, :revision, :seq)
