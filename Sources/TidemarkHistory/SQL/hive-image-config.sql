-- The configs of the images of an environment.
SELECT digest, platform, config, revision, since
FROM image_config
WHERE environment = :environment
ORDER BY since, digest, platform
