-- Every entry of an environment in the order of the table itself, with what its header says of its neighbours.
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
