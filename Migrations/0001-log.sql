-- The log, which is hashed and never changes. Everything else can be rebuilt from these tables.
--
-- Tables are private to Tidemark; the views of 0003-views.sql are the interface.

CREATE TABLE log_environment (
    id    INTEGER  NOT NULL PRIMARY KEY,
    name  TEXT     NOT NULL UNIQUE
) STRICT;

-- It has a rowid: without one, an entry of more than a quarter of a page would take an overflow page of its own.
CREATE TABLE log_entry (
    environment  INTEGER  NOT NULL REFERENCES log_environment (id),
    seq          INTEGER  NOT NULL CHECK (seq >= 0),
    hash         BLOB     NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of the header
    header       TEXT     NOT NULL,                            -- canonical JSON: the bytes that are hashed
    body         ANY,                                          -- canonical JSON, or its zlib; the header has the hash of the JSON. Null if it was erased
    PRIMARY KEY (environment, seq)
) STRICT;

CREATE TABLE log_content (
    id        INTEGER  NOT NULL PRIMARY KEY,
    hash      BLOB     NOT NULL UNIQUE CHECK (length(hash) = 32),  -- of the bytes before encoding
    encoding  INTEGER  NOT NULL CHECK (encoding IN (0, 1, 2)),     -- plain, zlib, raw deflate with the base as dictionary
    base      INTEGER  REFERENCES log_content (id),
    size      INTEGER  NOT NULL,                                   -- the number of bytes before encoding
    bytes     BLOB     NOT NULL,
    CHECK ((encoding = 2) = (base IS NOT NULL))
) STRICT;

-- Recorded rows cannot be changed. INSERT OR REPLACE deletes rows without firing delete triggers, so inserts are checked too.

CREATE TRIGGER log_environment_is_never_updated BEFORE UPDATE ON log_environment BEGIN
    SELECT raise(ABORT, 'the log is append-only: an environment cannot be renamed');
END;

CREATE TRIGGER log_environment_is_never_deleted BEFORE DELETE ON log_environment BEGIN
    SELECT raise(ABORT, 'the log is append-only: an environment cannot be deleted');
END;

CREATE TRIGGER log_environment_is_never_replaced BEFORE INSERT ON log_environment
WHEN EXISTS (SELECT 1 FROM log_environment WHERE id = NEW.id OR name = NEW.name)
BEGIN
    SELECT raise(ABORT, 'the log is append-only: an environment cannot be replaced');
END;

CREATE TRIGGER log_entry_is_never_updated BEFORE UPDATE ON log_entry BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry cannot be changed');
END;

CREATE TRIGGER log_entry_is_never_deleted BEFORE DELETE ON log_entry BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry cannot be deleted');
END;

-- A chain begins with a binding at 0, or with a checkpoint at a later number. Entries are ordered by their number, not by their
-- time: a clock that was ahead once must not block later entries.
CREATE TRIGGER log_entry_continues_the_chain BEFORE INSERT ON log_entry
WHEN NEW.header ->> '$.environment' IS NOT (SELECT name FROM log_environment WHERE id = NEW.environment)
  OR NEW.header ->> '$.seq' IS NOT NEW.seq
  OR CASE
         WHEN EXISTS (SELECT 1 FROM log_entry WHERE environment = NEW.environment)
         THEN NEW.header ->> '$.previous' IS NOT (
                  SELECT lower(hex(hash)) FROM log_entry
                  WHERE environment = NEW.environment AND seq = NEW.seq - 1)
           OR EXISTS (SELECT 1 FROM log_entry WHERE environment = NEW.environment AND seq >= NEW.seq)
         ELSE NEW.seq > 0 AND NEW.header ->> '$.kind' IS NOT 'checkpoint'
     END
BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry must follow the newest one');
END;

CREATE TRIGGER log_content_is_never_updated BEFORE UPDATE ON log_content BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be changed');
END;

CREATE TRIGGER log_content_is_never_deleted BEFORE DELETE ON log_content BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be deleted');
END;

CREATE TRIGGER log_content_is_never_replaced BEFORE INSERT ON log_content
WHEN EXISTS (SELECT 1 FROM log_content WHERE hash = NEW.hash OR id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'the log is append-only: content cannot be replaced');
END;
