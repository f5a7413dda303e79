INSERT OR IGNORE INTO index_config (environment, digest, platform, config, seq)
VALUES (:environment, :digest, :platform, :config, :seq)
