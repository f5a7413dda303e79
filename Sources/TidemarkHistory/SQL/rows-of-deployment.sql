-- The rows of the deployments, each with its environment.
SELECT
    environment,
    seq,
    after,
    version,
    platform
FROM index_deployment
