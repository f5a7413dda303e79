-- The configs of some digests, as an environment's entries showed them.
SELECT digest, platform, config
FROM index_config
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND digest IN (SELECT value FROM json_each(:digests))
