-- A version of an incarnation that only the log or only its index has: no row, unless one of them is damaged.
WITH
logged AS (
    SELECT
        entry.seq,
        change.value ->> 0  AS kind,
        change.value ->> 1  AS identity,
        change.value ->> 3  AS content
    FROM entry NOT INDEXED
    JOIN json_each(entry.body, '$.changed') AS change
    WHERE entry.environment = :environment
      AND entry.kind = 'snapshot'
      AND change.value ->> 2 = 'incarnation'
),
indexed AS (
    SELECT
        version.seq,
        resource.kind,
        resource.identity,
        version.content
    FROM resource
    JOIN facet   ON facet.resource = resource.id
                AND facet.name = 'incarnation'
    JOIN version ON version.facet = facet.id
    WHERE resource.environment = :environment
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
