-- The hashes of entries by the index that SQLite keeps of them, as far as it can be read.
SELECT hash
FROM entry INDEXED BY sqlite_autoindex_entry_1
ORDER BY hash
