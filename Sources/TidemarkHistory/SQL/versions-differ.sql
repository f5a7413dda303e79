-- A version that only the log or only its index has: no row, unless one of them is damaged.
WITH
logged AS (
    SELECT
        entry.seq,
        change.value ->> 0  AS kind,
        change.value ->> 1  AS identity,
        change.value ->> 2  AS facet,
        change.value ->> 3  AS content
    FROM entry NOT INDEXED
    JOIN json_each(entry.body, '$.changed') AS change
    WHERE entry.environment = :environment
      AND entry.kind = 'snapshot'
),
indexed AS (
    SELECT
        version.seq,
        resource.kind,
        resource.identity,
        facet.name,
        version.content
    FROM version
    JOIN facet    ON facet.id = version.facet
    JOIN resource ON resource.id = facet.resource
    WHERE resource.environment = :environment
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
