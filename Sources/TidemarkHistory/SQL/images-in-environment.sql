SELECT *
FROM image_stretch
WHERE vantage = :vantage
  AND environment = :environment
ORDER BY repository, tag, since, identity
