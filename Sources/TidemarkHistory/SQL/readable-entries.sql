-- Entries in the order of the table itself, up to the first unreadable page.
SELECT
    environment,
    seq,
    header ->> '$.kind'  AS kind,
    header,
    hash
FROM entry NOT INDEXED
ORDER BY rowid
