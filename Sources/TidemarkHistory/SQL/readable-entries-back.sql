-- The same entries backwards, down to the last unreadable page.
SELECT
    log_environment.name     AS environment,
    seq,
    header ->> '$.kind'      AS kind,
    header,
    hash
FROM log_entry
JOIN log_environment ON log_environment.id = log_entry.environment
ORDER BY log_entry.environment DESC, seq DESC
