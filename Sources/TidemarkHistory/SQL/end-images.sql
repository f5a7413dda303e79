UPDATE index_image
SET until = :until
WHERE facet = :facet
  AND until IS NULL
