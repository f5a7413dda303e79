-- The rows of the configs of manifests, each with its environment.
SELECT
    environment,
    digest,
    platform,
    config,
    revision,
    seq
FROM index_config
