-- The configs of the manifests whose digest, or whose config, begins with a text; '~' sorts after every character of a digest.
SELECT DISTINCT digest, config
FROM image_config
WHERE digest >= :digest
  AND digest < :digest || '~'
  AND (:environment IS NULL OR environment = :environment)
UNION
SELECT DISTINCT digest, config
FROM image_config
WHERE config >= :digest
  AND config < :digest || '~'
  AND (:environment IS NULL OR environment = :environment)
ORDER BY digest, config
