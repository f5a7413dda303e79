-- The milliseconds by which the time of an entry is ahead of a later one's.
SELECT at - effective
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
