INSERT INTO version (facet, seq, content)
VALUES (:facet, :seq, :content)
