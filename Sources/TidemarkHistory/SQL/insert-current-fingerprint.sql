INSERT OR REPLACE INTO index_current_fingerprint (environment, kind, identity, name, path, part, "key", code)
VALUES (:environment, :kind, :identity, :name, :path, :part, :key, :code)
