-- The stretches of every digest that has the prefix; '~' sorts after every character of a digest.
SELECT *
FROM image_tag
WHERE vantage = :vantage
  AND digest >= :digest
  AND digest < :digest || '~'
  AND (:environment IS NULL OR environment = :environment)
ORDER BY environment, since, identity, repository, digest
