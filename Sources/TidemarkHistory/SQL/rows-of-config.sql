-- The rows of the configs of manifests, each with its environment.
SELECT
    environment,
    digest,
    platform,
    config,
    seq
FROM index_config
