-- The checkpoints among some entries.
SELECT seq
FROM index_entry
WHERE environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND seq IN (SELECT value FROM json_each(:seqs))
  AND kind = 'checkpoint'
