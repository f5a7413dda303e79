-- The tables and views, without what marks a replica.
SELECT name
FROM sqlite_schema
WHERE type IN ('table', 'view')
  AND name <> 'replica'
