-- The hash of every entry.
SELECT hash
FROM entry
