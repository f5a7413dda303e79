-- Entries are ordered by their number, not by their time: a clock that was ahead once must not block later entries.

DROP TRIGGER entry_continues_the_chain;

CREATE TRIGGER entry_continues_the_chain BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entry WHERE environment = NEW.environment)
  OR (NEW.header ->> '$.previous')
     IS NOT (SELECT hash FROM entry WHERE environment = NEW.environment ORDER BY seq DESC LIMIT 1)
  OR EXISTS (SELECT 1 FROM entry WHERE hash = NEW.hash OR rowid = NEW.rowid)
BEGIN
    SELECT raise(ABORT, 'the log is append-only: an entry must follow the newest one');
END;
