DELETE FROM index_current_fingerprint
WHERE environment = :environment
  AND kind = :kind
  AND identity = :identity
  AND name = :name
  AND path = :path
  AND part = :part
