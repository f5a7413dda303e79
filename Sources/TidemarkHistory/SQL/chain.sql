-- The entries of an environment in the order of the table itself, with the hashes that the header has.
SELECT
    seq,
    header,
    hash,
    body,
    previous,
    body_hash
FROM entry NOT INDEXED
WHERE environment = :environment
ORDER BY rowid
