-- Content is stored once: equal hashes mean equal bytes.
INSERT INTO content (hash, encoding, bytes)
SELECT :hash, 'identity', :bytes
WHERE NOT EXISTS (SELECT 1 FROM content WHERE hash = :hash)
