-- The images that an environment's descriptions name.
SELECT kind, identity, vantage, repository, tag, digest, since, until
FROM image_tag
WHERE environment = :environment
ORDER BY since, kind, identity, vantage, repository, tag, digest
