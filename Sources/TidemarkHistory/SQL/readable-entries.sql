-- Entries in the order of the table itself, as far as it can be read.
SELECT
    environment,
    seq,
    header ->> '$.kind'  AS kind,
    header,
    hash
FROM entry NOT INDEXED
ORDER BY rowid
