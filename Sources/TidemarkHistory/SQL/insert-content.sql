INSERT INTO log_content (hash, encoding, base, size, bytes)
VALUES (:hash, :encoding, :base, :size, :bytes)
