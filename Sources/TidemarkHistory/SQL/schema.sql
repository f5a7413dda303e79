-- What the tables, indexes, triggers and views are.
SELECT format('%s %s %s %s', type, name, tbl_name, sql)
FROM sqlite_schema
