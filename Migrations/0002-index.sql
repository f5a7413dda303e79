-- The index: what the log says, in a form that queries can use. Derived from it, and rebuilt from it at will.

CREATE TABLE resource (
    id           INTEGER  NOT NULL PRIMARY KEY,
    environment  TEXT     NOT NULL,
    kind         TEXT     NOT NULL,
    identity     TEXT     NOT NULL,
    UNIQUE (environment, kind, identity)
) STRICT;

CREATE TABLE facet (
    id        INTEGER  NOT NULL PRIMARY KEY,
    resource  INTEGER  NOT NULL REFERENCES resource (id),
    name      TEXT     NOT NULL,
    UNIQUE (resource, name)
) STRICT;

-- A facet's content from an entry on; a row only when it changes, null from when it is gone.
CREATE TABLE version (
    facet    INTEGER  NOT NULL REFERENCES facet (id),
    seq      INTEGER  NOT NULL,
    content  TEXT     REFERENCES content (hash),
    PRIMARY KEY (facet, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
    environment  TEXT     NOT NULL,
    seq          INTEGER  NOT NULL,
    gap          INTEGER  NOT NULL,  -- its place among the entry's gaps
    service      TEXT     NOT NULL,
    operation    TEXT     NOT NULL,
    parameters   TEXT     NOT NULL,
    outcome      TEXT     NOT NULL,
    code         TEXT,
    PRIMARY KEY (environment, seq, gap),
    FOREIGN KEY (environment, seq) REFERENCES entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- A secret's HMAC from an entry on; null from when the secret is gone.
CREATE TABLE fingerprint (
    facet  INTEGER  NOT NULL REFERENCES facet (id),
    path   TEXT     NOT NULL,
    part   TEXT     NOT NULL,
    seq    INTEGER  NOT NULL,
    "key"  TEXT,
    code   TEXT,
    PRIMARY KEY (facet, path, part, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
    environment  TEXT     NOT NULL,
    seq          INTEGER  NOT NULL,
    label        TEXT     NOT NULL,
    claimed_by   TEXT,
    "commit"     TEXT,
    url          TEXT,
    note         TEXT,
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX release_by_label ON release (label, environment, seq);
