-- The labels of the releases before and after an entry.
SELECT
    (SELECT label FROM index_release
     WHERE environment = (SELECT id FROM log_environment WHERE name = :environment) AND seq < :seq
     ORDER BY seq DESC LIMIT 1)  AS replaced,
    (SELECT label FROM index_release
     WHERE environment = (SELECT id FROM log_environment WHERE name = :environment) AND seq > :seq
     ORDER BY seq LIMIT 1)       AS replaced_by
