-- The index: the log's contents in a form that queries can use. It can be rebuilt from the log at any time.

-- What the index was derived by: one row. A Tidemark that derives it otherwise builds it again.
CREATE TABLE index_derivation (
    version  TEXT  NOT NULL
) STRICT;

-- The entries by their times. The effective time of an entry is the least of its own and those of all entries after it: a
-- clock that was ahead once changes no later time.
CREATE TABLE index_entry (
    environment  INTEGER  NOT NULL,
    seq          INTEGER  NOT NULL,
    kind         TEXT     NOT NULL,
    at           INTEGER  NOT NULL,  -- milliseconds since 1970
    effective    INTEGER  NOT NULL,  -- the same
    shows_state  INTEGER  NOT NULL,  -- 1 for a snapshot or a checkpoint whose state is known; 0 where an entry before was erased
    changed      INTEGER  NOT NULL,  -- the number of facets that a snapshot changed
    status       TEXT,               -- why a snapshot is unsettled and its deployment failed, in JSON; null if neither is so
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_resource (
    id           INTEGER  NOT NULL PRIMARY KEY,
    environment  INTEGER  NOT NULL REFERENCES log_environment (id),
    kind         TEXT     NOT NULL,
    identity     TEXT     NOT NULL,
    UNIQUE (environment, kind, identity)
) STRICT;

CREATE TABLE index_facet (
    id        INTEGER  NOT NULL PRIMARY KEY,
    resource  INTEGER  NOT NULL REFERENCES index_resource (id),
    name      TEXT     NOT NULL,
    UNIQUE (resource, name)
) STRICT;

-- A facet's content from an entry on: one row for each change; null from the entry on at which the facet is gone.
CREATE TABLE index_version (
    facet        INTEGER  NOT NULL REFERENCES index_facet (id),
    seq          INTEGER  NOT NULL,
    environment  INTEGER  NOT NULL,
    content      INTEGER  REFERENCES log_content (id),
    PRIMARY KEY (facet, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- The facets at the head of each chain, in the order of the root. They are named here too: among the rows of all resources,
-- those that exist would be on ever more pages.
CREATE TABLE index_current (
    environment  INTEGER  NOT NULL,
    kind         TEXT     NOT NULL,
    identity     TEXT     NOT NULL,
    name         TEXT     NOT NULL,
    facet        INTEGER  NOT NULL REFERENCES index_facet (id),
    seq          INTEGER  NOT NULL,
    hash         BLOB     NOT NULL CHECK (length(hash) = 32),  -- of the content: a state needs no more
    PRIMARY KEY (environment, kind, identity, name),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- Their contents as they are.
CREATE TABLE index_current_text (
    facet  INTEGER  NOT NULL PRIMARY KEY REFERENCES index_facet (id),
    text   TEXT     NOT NULL
) STRICT;

-- The places of readings and of fingerprints.
CREATE TABLE index_reading_place (
    id        INTEGER  NOT NULL PRIMARY KEY,
    resource  INTEGER  NOT NULL REFERENCES index_resource (id),
    name      TEXT     NOT NULL,
    UNIQUE (resource, name)
) STRICT;

-- A reading's value from an entry on, in JSON; null from the entry on at which it was not read.
CREATE TABLE index_reading (
    place        INTEGER  NOT NULL REFERENCES index_reading_place (id),
    seq          INTEGER  NOT NULL,
    environment  INTEGER  NOT NULL,
    value        TEXT,
    PRIMARY KEY (place, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_fingerprint_place (
    id     INTEGER  NOT NULL PRIMARY KEY,
    facet  INTEGER  NOT NULL REFERENCES index_facet (id),
    path   TEXT     NOT NULL,
    part   TEXT     NOT NULL,
    UNIQUE (facet, path, part)
) STRICT;

-- A secret's HMAC from an entry on; null from the entry on at which the secret is gone.
CREATE TABLE index_fingerprint (
    place        INTEGER  NOT NULL REFERENCES index_fingerprint_place (id),
    seq          INTEGER  NOT NULL,
    environment  INTEGER  NOT NULL,
    "key"        TEXT,
    code         TEXT,
    PRIMARY KEY (place, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- The readings and the fingerprints at the head of each chain.
CREATE TABLE index_current_reading (
    environment  INTEGER  NOT NULL REFERENCES log_environment (id),
    kind         TEXT     NOT NULL,
    identity     TEXT     NOT NULL,
    name         TEXT     NOT NULL,
    value        TEXT     NOT NULL,
    PRIMARY KEY (environment, kind, identity, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_current_fingerprint (
    environment  INTEGER  NOT NULL REFERENCES log_environment (id),
    kind         TEXT     NOT NULL,
    identity     TEXT     NOT NULL,
    name         TEXT     NOT NULL,
    path         TEXT     NOT NULL,
    part         TEXT     NOT NULL,
    "key"        TEXT     NOT NULL,
    code         TEXT     NOT NULL,
    PRIMARY KEY (environment, kind, identity, name, path, part)
) STRICT, WITHOUT ROWID;

-- How an environment was observed, from an entry on: a row only where something of it changed.
CREATE TABLE index_walk (
    environment  INTEGER  NOT NULL,
    seq          INTEGER  NOT NULL,
    binding      INTEGER  NOT NULL,                                 -- the entry that has the binding
    questions    INTEGER  NOT NULL REFERENCES log_content (id),
    asked        INTEGER  NOT NULL,
    gaps         INTEGER  REFERENCES log_content (id),              -- null if every question was answered
    decoders     TEXT     NOT NULL,                                 -- JSON
    "key"        TEXT,                                              -- null if secrets were not fingerprinted
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- The hashes of the parts of a state from an entry on: a row only where one of them changed. With them, and without the parts, the
-- hash of the state shows that the rest of it is what was recorded.
CREATE TABLE index_parts (
    environment   INTEGER  NOT NULL,
    seq           INTEGER  NOT NULL,
    root          BLOB     NOT NULL CHECK (length(root) = 32),
    readings      BLOB     NOT NULL CHECK (length(readings) = 32),
    fingerprints  BLOB     NOT NULL CHECK (length(fingerprints) = 32),
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- A question without an answer, from an entry to before another.
CREATE TABLE index_gap (
    environment  INTEGER  NOT NULL,
    since        INTEGER  NOT NULL,
    position     INTEGER  NOT NULL,  -- the index of the gap among those that began with it
    until        INTEGER,            -- null while it lasts
    gap          TEXT     NOT NULL,  -- JSON, as in the log
    PRIMARY KEY (environment, since, position),
    FOREIGN KEY (environment, since) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_release (
    environment  INTEGER  NOT NULL,
    seq          INTEGER  NOT NULL,
    label        TEXT     NOT NULL,
    claimed_by   TEXT,
    "commit"     TEXT,
    url          TEXT,
    note         TEXT,
    ticket       TEXT,
    pr           TEXT,
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX index_release_by_label ON index_release (label, environment, seq);

-- The container images that a description names from an entry to before another: the image that a container runs, or a tag
-- points at.
CREATE TABLE index_image (
    facet        INTEGER  NOT NULL REFERENCES index_facet (id),
    seq          INTEGER  NOT NULL,
    position     INTEGER  NOT NULL,  -- the index of the image in the description
    environment  INTEGER  NOT NULL,
    until        INTEGER,            -- null while it lasts
    vantage      TEXT     NOT NULL,  -- 'running' or 'registry'
    repository   TEXT     NOT NULL,
    tag          TEXT,
    digest       TEXT,
    PRIMARY KEY (facet, seq, position),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX index_image_by_tag    ON index_image (vantage, tag);
CREATE INDEX index_image_by_digest ON index_image (vantage, digest);
CREATE INDEX index_image_running   ON index_image (environment, vantage) WHERE until IS NULL;

-- The config of an image manifest for one platform, from the entry on that showed it first. A digest names the same bytes for good.
CREATE TABLE index_config (
    environment  INTEGER  NOT NULL,
    digest       TEXT     NOT NULL,  -- of the manifest, or of the index
    platform     TEXT     NOT NULL,  -- 'linux/amd64'; empty for the only image of a manifest whose platform is not known
    config       TEXT     NOT NULL,  -- its digest
    revision     TEXT,               -- the commit in the image's label; null if it has none, or was not read
    seq          INTEGER  NOT NULL,
    PRIMARY KEY (environment, digest, platform),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX index_config_by_config   ON index_config (config);
CREATE INDEX index_config_by_revision ON index_config (revision);

-- The settled snapshots at which the running set is another one than before.
CREATE TABLE index_deployment (
    environment  INTEGER  NOT NULL,
    seq          INTEGER  NOT NULL,
    after        INTEGER,            -- the settled snapshot before; null where the running set before is not known
    version      TEXT,               -- Elastic Beanstalk's version label
    platform     TEXT,               -- of the hosts; null if it is not known or they differ
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

-- What a note says of an entry before it, which may have been removed.
CREATE TABLE index_note (
    environment  INTEGER  NOT NULL,
    seq          INTEGER  NOT NULL,
    about        INTEGER  NOT NULL,
    text         TEXT,
    label        TEXT,               -- another label for the release of that entry
    release      TEXT,               -- the label of a release that the note books for that entry
    claimed_by   TEXT,
    "commit"     TEXT,
    url          TEXT,
    PRIMARY KEY (environment, seq),
    FOREIGN KEY (environment, seq) REFERENCES log_entry (environment, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX index_note_about ON index_note (environment, about);
