-- The format of the first entry of each chain. A damaged header is left out.
SELECT (
    SELECT header -> '$.format'
    FROM log_entry
    WHERE environment = log_environment.id
      AND json_valid(header)
    ORDER BY seq
    LIMIT 1)  AS format
FROM log_environment
WHERE format IS NOT NULL
