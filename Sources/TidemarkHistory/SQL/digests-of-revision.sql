-- The digests of the manifests whose image was built from a commit that begins with a text; '~' sorts after every digit.
SELECT DISTINCT digest
FROM image_config
WHERE revision >= :text
  AND revision < :text || '~'
  AND environment = :environment
