SELECT *
FROM image_tag
WHERE vantage = :vantage
  AND environment = :environment
ORDER BY repository, tag, since, identity
