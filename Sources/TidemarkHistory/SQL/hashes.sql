-- The hash of every entry.
SELECT hash
FROM log_entry
