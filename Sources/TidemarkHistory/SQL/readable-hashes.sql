-- The hashes of entries in SQLite's index of them, up to the first unreadable page.
SELECT hash
FROM entry INDEXED BY sqlite_autoindex_entry_1
ORDER BY hash
