-- The rows of how environments were observed, each with its environment.
SELECT
    walk.environment,
    walk.seq,
    walk.binding,
    questions.hash,
    walk.asked,
    gaps.hash,
    walk.decoders,
    walk."key"
FROM index_walk AS walk
JOIN log_content      AS questions ON questions.id = walk.questions
LEFT JOIN log_content AS gaps      ON gaps.id = walk.gaps
WHERE (walk.gaps IS NULL) = (gaps.id IS NULL)
