INSERT OR REPLACE INTO index_current_text (facet, text)
VALUES (:facet, :text)
