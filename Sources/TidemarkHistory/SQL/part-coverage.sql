-- How an environment was observed, from each entry on.
SELECT
    0                                               AS place,
    seq,
    json_array(binding, gaps, decoders, "key")      AS value
FROM index_walk
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
ORDER BY seq
