-- How an environment was observed at an entry.
SELECT
    walk.seq        AS since,
    walk.binding,
    questions.hash  AS questions,
    walk.asked,
    gaps.hash       AS gaps,
    walk.decoders,
    walk."key"
FROM index_walk AS walk
JOIN log_content      AS questions ON questions.id = walk.questions
LEFT JOIN log_content AS gaps      ON gaps.id = walk.gaps
WHERE walk.environment = (SELECT id FROM log_environment WHERE name = :environment)
  AND walk.seq <= :seq
ORDER BY walk.seq DESC
LIMIT 1
