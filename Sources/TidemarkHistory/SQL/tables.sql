-- The tables and views.
SELECT name
FROM sqlite_schema
WHERE type IN ('table', 'view')
