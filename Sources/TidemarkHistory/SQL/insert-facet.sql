INSERT INTO facet (resource, name)
SELECT id, :name
FROM resource
WHERE environment = :environment
  AND kind = :kind
  AND identity = :identity
ON CONFLICT DO NOTHING
