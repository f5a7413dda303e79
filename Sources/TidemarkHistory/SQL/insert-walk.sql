INSERT INTO index_walk (environment, seq, binding, questions, asked, gaps, decoders, "key")
VALUES (:environment, :seq, :binding, :questions, :asked, :gaps, :decoders, :key)
