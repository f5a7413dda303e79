-- The incarnations of each resource under the binding in force at an entry, up to that entry: what the first snapshot under the
-- binding shows, and every later one.
WITH
start AS (
    SELECT min(seq)  AS seq
    FROM entry
    WHERE environment = :environment
      AND kind = 'snapshot'
      AND seq > (
          SELECT max(seq)
          FROM entry
          WHERE environment = :environment
            AND kind = 'binding'
            AND seq <= :seq
      )
)
SELECT
    resource.kind,
    resource.identity,
    version.seq,
    version.content,
    content.encoding,
    content.bytes
FROM start
JOIN resource ON resource.environment = :environment
JOIN facet    ON facet.resource = resource.id
             AND facet.name = 'incarnation'
JOIN version  ON version.facet = facet.id
             AND version.seq BETWEEN
                 coalesce((SELECT max(seq) FROM version WHERE facet = facet.id AND seq <= start.seq), start.seq) AND :seq
LEFT JOIN content ON content.hash = version.content  -- removed content must not look like a facet that is gone
WHERE version.content IS NOT NULL
ORDER BY version.seq
