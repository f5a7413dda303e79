INSERT OR REPLACE INTO index_current_reading (environment, kind, identity, name, value)
VALUES (:environment, :kind, :identity, :name, :value)
