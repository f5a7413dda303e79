-- The definitions of the tables, indexes, triggers and views.
SELECT format('%s %s %s %s', type, name, tbl_name, sql)
FROM sqlite_schema
