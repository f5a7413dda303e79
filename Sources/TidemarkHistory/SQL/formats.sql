-- The format of the first entry of each chain, found without reading the other entries. A damaged header is left out.
WITH RECURSIVE chain (environment) AS (
    SELECT min(environment) FROM entry
    UNION ALL
    SELECT (SELECT min(environment) FROM entry WHERE environment > chain.environment)
    FROM chain
    WHERE environment IS NOT NULL
)
SELECT header -> '$.format'
FROM chain
JOIN entry ON entry.environment = chain.environment AND entry.seq = 0
WHERE json_valid(header)
