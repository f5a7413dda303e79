-- Whether an entry shows a known state.
SELECT shows_state
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq = :seq
