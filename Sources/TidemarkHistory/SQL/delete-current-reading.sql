DELETE FROM index_current_reading
WHERE environment = :environment
  AND kind = :kind
  AND identity = :identity
  AND name = :name
