SELECT id
FROM index_resource
WHERE environment = :environment
  AND kind = :kind
  AND identity = :identity
