INSERT INTO index_version (facet, seq, environment, content)
VALUES (:facet, :seq, :environment, :content)
