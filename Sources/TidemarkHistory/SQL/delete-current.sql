DELETE FROM index_current
WHERE facet = :facet
