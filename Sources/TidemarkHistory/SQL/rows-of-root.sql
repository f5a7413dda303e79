-- The rows of an environment's roots.
SELECT
    seq,
    root
FROM index_root
WHERE environment = :environment
