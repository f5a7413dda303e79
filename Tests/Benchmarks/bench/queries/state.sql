-- Every facet at the head.
SELECT
    kind,
    identity,
    facet,
    content
FROM current
WHERE environment = 'antenna-production'
  AND identity LIKE :identity
