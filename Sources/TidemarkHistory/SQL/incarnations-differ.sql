-- A version of an incarnation that only the log or only its index has: no row, unless one of them is damaged.
WITH
logged AS (
    SELECT
        entry.seq,
        change.value ->> 0  AS kind,
        change.value ->> 1  AS identity,
        change.value ->> 3  AS content
    FROM log_entry AS entry
    JOIN json_each(entry.body, '$.changed') AS change
    WHERE entry.environment = (SELECT id FROM log_environment WHERE name = :environment)
      AND change.value ->> 2 = 'incarnation'
),
indexed AS (
    SELECT
        seq,
        kind,
        identity,
        content_hash
    FROM facet_history
    WHERE environment = :environment
      AND facet = 'incarnation'
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
