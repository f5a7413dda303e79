SELECT id
FROM index_fingerprint_place
WHERE facet = :facet
  AND path = :path
  AND part = :part
