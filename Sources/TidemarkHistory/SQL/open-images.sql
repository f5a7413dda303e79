-- The images that a description names at the head.
SELECT repository, tag, digest
FROM index_image
WHERE facet = :facet
  AND until IS NULL
ORDER BY position
