-- The rows of the notes, each with its environment.
SELECT
    environment,
    seq,
    about,
    text,
    label,
    release,
    claimed_by,
    "commit",
    url
FROM index_note
