-- The digests of the manifests that have one of some configs.
SELECT DISTINCT digest
FROM image_config
WHERE config IN (SELECT value FROM json_each(:configs))
