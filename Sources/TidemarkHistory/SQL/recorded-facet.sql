-- The newest content of a facet, also of one that is gone, and how the environment was observed the last time that it was asked for.
SELECT
    version.seq,
    content.hash,
    content.encoding,
    content.size,
    content.bytes,
    base.encoding  AS base_encoding,
    base.size      AS base_size,
    base.bytes     AS base_bytes,
    walk.decoders ->> ('$."' || resource.kind || '"')  AS decoder,
    gaps.hash                                          AS gaps
FROM index_resource   AS resource
JOIN index_facet      AS facet   ON facet.resource = resource.id
JOIN index_version    AS version ON version.facet = facet.id
                                AND version.content IS NOT NULL
JOIN index_walk       AS walk    ON walk.environment = resource.environment
                                AND walk.seq < ifnull(
                                        (SELECT min(seq) FROM index_version WHERE facet = facet.id AND seq > version.seq),
                                        9223372036854775807)
                                AND walk.decoders ->> ('$."' || resource.kind || '"') IS NOT NULL
JOIN log_content      AS content ON content.id = version.content
LEFT JOIN log_content AS base    ON base.id = content.base
LEFT JOIN log_content AS gaps    ON gaps.id = walk.gaps
WHERE resource.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND resource.kind = :kind
  AND resource.identity = :identity
  AND facet.name = :name
ORDER BY version.seq DESC, walk.seq DESC
LIMIT 1
