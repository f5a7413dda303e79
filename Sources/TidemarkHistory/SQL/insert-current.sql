INSERT OR REPLACE INTO index_current (facet, seq, environment, content, hash)
VALUES (:facet, :seq, :environment, :content, :hash)
