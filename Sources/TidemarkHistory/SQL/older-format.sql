-- Whether the file has the tables of an older format.
SELECT 1
FROM sqlite_schema
WHERE name = 'entry'
  AND type = 'table'
