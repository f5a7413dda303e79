SELECT facet.id
FROM facet
JOIN resource ON resource.id = facet.resource
WHERE resource.environment = :environment
  AND resource.kind = :kind
  AND resource.identity = :identity
  AND facet.name = :name
