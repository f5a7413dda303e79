-- How an environment was observed at its newest snapshot.
SELECT
    walk.binding,
    questions.hash  AS questions,
    walk.asked,
    gaps.hash       AS gaps,
    walk.decoders,
    walk."key"
FROM index_walk AS walk
JOIN log_content      AS questions ON questions.id = walk.questions
LEFT JOIN log_content AS gaps      ON gaps.id = walk.gaps
WHERE walk.environment = :environment
ORDER BY walk.seq DESC
LIMIT 1
