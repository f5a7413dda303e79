SELECT environment
FROM entry
WHERE seq = 0
ORDER BY environment
