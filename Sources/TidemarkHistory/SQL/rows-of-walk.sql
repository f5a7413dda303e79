-- The rows of how an environment was observed.
SELECT
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
WHERE walk.environment = :environment
  AND (walk.gaps IS NULL) = (gaps.id IS NULL)
