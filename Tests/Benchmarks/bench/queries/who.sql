-- The releases that show an image tag running.
SELECT
    release.seq,
    release.at,
    release.label,
    release.claimed_by,
    release."commit",
    release.actor,
    group_concat(DISTINCT image_tag.digest)  AS digests
FROM image_tag
JOIN release ON release.environment = image_tag.environment
            AND release.seq >= image_tag.since
            AND (image_tag.until IS NULL OR release.seq < image_tag.until)
WHERE image_tag.vantage = 'running'
  AND image_tag.tag = :tag
GROUP BY release.environment, release.seq
ORDER BY release.at
