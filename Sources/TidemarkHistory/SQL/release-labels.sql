-- The labels of the newest releases, newest first.
SELECT label
FROM release
WHERE :environment IS NULL OR environment = :environment
GROUP BY label
ORDER BY max(at) DESC, label
LIMIT 10
