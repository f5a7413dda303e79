DELETE FROM index_current
WHERE environment = :environment
  AND kind = :kind
  AND identity = :identity
  AND name = :name
