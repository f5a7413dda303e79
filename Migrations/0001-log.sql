-- The log, which is hashed and never changes. Everything else can be rebuilt from these two tables.

CREATE TABLE entry (
    environment  TEXT     NOT NULL,
    seq          INTEGER  NOT NULL CHECK (seq >= 0),
    header       TEXT     NOT NULL,  -- canonical JSON: the bytes that are hashed
    hash         TEXT     NOT NULL UNIQUE CHECK (length(hash) = 64),
    body         TEXT     NOT NULL,  -- canonical JSON; the header has its hash

    at           TEXT     NOT NULL GENERATED ALWAYS AS (header ->> '$.at')       VIRTUAL,
    kind         TEXT     NOT NULL GENERATED ALWAYS AS (header ->> '$.kind')     VIRTUAL,
    actor        TEXT     NOT NULL GENERATED ALWAYS AS (header ->> '$.actor')    VIRTUAL,
    previous     TEXT              GENERATED ALWAYS AS (header ->> '$.previous') VIRTUAL,
    body_hash    TEXT     NOT NULL GENERATED ALWAYS AS (header ->> '$.body')     VIRTUAL,

    PRIMARY KEY (environment, seq),
    CHECK (header ->> '$.environment' = environment),
    CHECK (header ->> '$.seq' = seq)
) STRICT;

-- Finds the newest binding, which may be any number of entries back.
CREATE INDEX entry_by_kind ON entry (environment, kind, seq);

CREATE TABLE content (
    hash      TEXT  NOT NULL PRIMARY KEY CHECK (length(hash) = 64),  -- of the bytes before encoding
    encoding  TEXT  NOT NULL CHECK (encoding IN ('identity')),
    bytes     BLOB  NOT NULL
) STRICT;

-- Recorded rows cannot be changed. INSERT OR REPLACE deletes rows without firing delete triggers, so inserts are checked too.

CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry cannot be changed');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry cannot be deleted');
END;

CREATE TRIGGER entry_continues_the_chain BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entry WHERE environment = NEW.environment)
  OR (NEW.header ->> '$.previous')
     IS NOT (SELECT hash FROM entry WHERE environment = NEW.environment ORDER BY seq DESC LIMIT 1)
  OR (NEW.header ->> '$.at')
     < (SELECT at FROM entry WHERE environment = NEW.environment ORDER BY seq DESC LIMIT 1)
  OR EXISTS (SELECT 1 FROM entry WHERE hash = NEW.hash OR rowid = NEW.rowid)
BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry must follow the newest one');
END;

CREATE TRIGGER content_is_never_updated BEFORE UPDATE ON content BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be changed');
END;

CREATE TRIGGER content_is_never_deleted BEFORE DELETE ON content BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be deleted');
END;

CREATE TRIGGER content_is_never_replaced BEFORE INSERT ON content
WHEN EXISTS (SELECT 1 FROM content WHERE hash = NEW.hash OR rowid = NEW.rowid)
BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be replaced');
END;
