-- Entries in the order of the table itself, up to the first unreadable page.
SELECT
    log_environment.name     AS environment,
    seq,
    header ->> '$.kind'      AS kind,
    header,
    hash
FROM log_entry
JOIN log_environment ON log_environment.id = log_entry.environment
