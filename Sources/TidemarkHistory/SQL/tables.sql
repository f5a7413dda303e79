-- The tables and views of the file.
SELECT name
FROM sqlite_schema
WHERE type IN ('table', 'view')
  AND name NOT LIKE 'sqlite^_%' ESCAPE '^'
