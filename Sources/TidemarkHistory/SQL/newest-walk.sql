SELECT
    binding,
    questions,
    asked,
    gaps,
    decoders,
    "key"
FROM index_walk
WHERE environment = :environment
ORDER BY seq DESC
LIMIT 1
