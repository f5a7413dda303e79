-- Content is stored once: the same hash is the same bytes.
INSERT INTO content (hash, encoding, bytes)
SELECT :hash, 'identity', :bytes
WHERE NOT EXISTS (SELECT 1 FROM content WHERE hash = :hash)
