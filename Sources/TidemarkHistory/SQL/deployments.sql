-- Every deployment under a label, with the releases before and after it in its environment.
SELECT
    entry.header,
    entry.hash,
    entry.body,
    (SELECT label FROM release AS earlier
     WHERE earlier.environment = release.environment AND earlier.seq < release.seq
     ORDER BY seq DESC LIMIT 1)  AS replaced,
    (SELECT label FROM release AS later
     WHERE later.environment = release.environment AND later.seq > release.seq
     ORDER BY seq LIMIT 1)       AS replaced_by
FROM release
JOIN entry ON entry.environment = release.environment
          AND entry.seq = release.seq
WHERE release.label = :label
  AND (:environment IS NULL OR release.environment = :environment)
ORDER BY entry.at, release.environment, release.seq
