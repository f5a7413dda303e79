-- The first entry that shows a state under each binding of an environment, the earliest first.
SELECT min(seq)
FROM index_walk
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
GROUP BY binding
ORDER BY min(seq)
