SELECT *
FROM image_tag
WHERE vantage = :vantage
  AND tag = :tag
  AND (:environment IS NULL OR environment = :environment)
ORDER BY environment, since, identity, repository, digest
