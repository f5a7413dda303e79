-- The labels that were released, the newest first.
SELECT label
FROM release
WHERE :environment IS NULL OR environment = :environment
GROUP BY label
ORDER BY max(seq) DESC, label
LIMIT 10
