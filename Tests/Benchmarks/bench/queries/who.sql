-- The releases that show an image tag running.
SELECT
    release.seq,
    entry.at,
    release.label,
    release.claimed_by,
    release."commit",
    entry.actor,
    entry.hash,
    group_concat(DISTINCT image_stretch.digest)  AS digests
FROM image_stretch
JOIN release ON release.environment = image_stretch.environment
            AND release.seq >= image_stretch.since
            AND (image_stretch.until IS NULL OR release.seq < image_stretch.until)
JOIN entry   ON entry.environment = release.environment
            AND entry.seq = release.seq
WHERE image_stretch.vantage = 'running'
  AND image_stretch.tag = :tag
GROUP BY release.environment, release.seq
ORDER BY entry.at
