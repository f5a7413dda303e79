-- Whether the file is marked as a replica.
SELECT EXISTS (
    SELECT 1
    FROM sqlite_schema
    WHERE name = 'replica'
      AND type = 'table')
