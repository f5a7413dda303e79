INSERT INTO image (facet, seq, position, vantage, repository, tag, digest)
VALUES (:facet, :seq, :position, :vantage, :repository, :tag, :digest)
