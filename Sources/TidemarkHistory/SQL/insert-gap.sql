INSERT INTO index_gap (environment, since, position, gap)
VALUES (:environment, :since, :position, :gap)
