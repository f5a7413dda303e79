-- The stretches of the images that have one of some digests, and of those whose digest is unknown.
SELECT *
FROM image_tag
WHERE vantage = :vantage
  AND digest IN (SELECT value FROM json_each(:digests))
UNION ALL
SELECT *
FROM image_tag
WHERE vantage = :vantage
  AND digest IS NULL
