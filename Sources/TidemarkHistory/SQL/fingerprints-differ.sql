-- A fingerprint that only the log or only its index has: no row, unless one of them is damaged.
WITH
logged AS (
    SELECT
        entry.seq,
        change.value ->> 0  AS kind,
        change.value ->> 1  AS identity,
        change.value ->> 2  AS facet,
        change.value ->> 3  AS path,
        change.value ->> 4  AS part,
        change.value ->> 5  AS "key",
        change.value ->> 6  AS code
    FROM entry NOT INDEXED
    JOIN json_each(entry.body, '$.fingerprints') AS change
    WHERE entry.environment = :environment
      AND entry.kind = 'snapshot'
),
indexed AS (
    SELECT
        fingerprint.seq,
        resource.kind,
        resource.identity,
        facet.name,
        fingerprint.path,
        fingerprint.part,
        fingerprint."key",
        fingerprint.code
    FROM fingerprint
    JOIN facet    ON facet.id = fingerprint.facet
    JOIN resource ON resource.id = facet.resource
    WHERE resource.environment = :environment
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
