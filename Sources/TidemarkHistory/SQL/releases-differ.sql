-- A release that only the log or only its index has: no row, unless one of them is damaged.
WITH
logged AS (
    SELECT
        seq,
        body ->> '$.release.label'   AS label,
        body ->> '$.release.by'      AS claimed_by,
        body ->> '$.release.commit'  AS "commit",
        body ->> '$.release.url'     AS url,
        body ->> '$.release.note'    AS note
    FROM entry NOT INDEXED
    WHERE environment = :environment
      AND kind = 'snapshot'
      AND body ->> '$.release' IS NOT NULL
),
indexed AS (
    SELECT
        seq,
        label,
        claimed_by,
        "commit",
        url,
        note
    FROM release NOT INDEXED
    WHERE environment = :environment
)
SELECT * FROM (SELECT * FROM logged  EXCEPT SELECT * FROM indexed)
UNION ALL
SELECT * FROM (SELECT * FROM indexed EXCEPT SELECT * FROM logged)
LIMIT 1
