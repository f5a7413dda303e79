INSERT OR REPLACE INTO index_current (environment, kind, identity, name, facet, seq, hash)
VALUES (:environment, :kind, :identity, :name, :facet, :seq, :hash)
