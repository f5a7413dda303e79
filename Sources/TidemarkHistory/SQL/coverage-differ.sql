-- A gap that only the log or only its index has: none, unless one of them is damaged.
WITH
logged AS (
    SELECT
        entry.seq,
        gap.key                        AS gap,
        gap.value ->> '$.question[0]'  AS service,
        gap.value ->> '$.question[1]'  AS operation,
        gap.value ->> '$.question[2]'  AS parameters,
        gap.value ->> '$.outcome'      AS outcome,
        gap.value ->> '$.reason.awsCode' AS code
    FROM entry NOT INDEXED
    JOIN json_each(entry.body, '$.gaps') AS gap
    WHERE entry.environment = :environment
      AND entry.kind = 'snapshot'
),
indexed AS (
    SELECT
        seq,
        gap,
        service,
        operation,
        parameters,
        outcome,
        code
    FROM coverage
    WHERE environment = :environment
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
