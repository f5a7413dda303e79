DELETE FROM index_current_text
WHERE facet = :facet
