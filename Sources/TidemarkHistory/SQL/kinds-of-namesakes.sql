-- The kinds of the resources with an identity.
SELECT kind
FROM index_resource
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND identity = :identity
