INSERT OR REPLACE INTO index_current (facet, seq, environment, content, text)
VALUES (:facet, :seq, :environment, :content, :text)
