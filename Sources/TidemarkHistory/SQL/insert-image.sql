INSERT INTO index_image (facet, seq, position, environment, vantage, repository, tag, digest)
VALUES (:facet, :seq, :position, :environment, :vantage, :repository, :tag, :digest)
