-- The headers and bodies of an environment's entries, oldest first.
SELECT
    seq,
    header,
    hash,
    body
FROM log_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq
