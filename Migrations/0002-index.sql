-- The index: the log's contents in a form that queries can use. It can be rebuilt from the log at any time.

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

-- A facet's content from an entry on: one row for each change; null from the entry on at which the facet is gone.
CREATE TABLE version (
    facet    INTEGER  NOT NULL REFERENCES facet (id),
    seq      INTEGER  NOT NULL,
    content  TEXT     REFERENCES content (hash),
    PRIMARY KEY (facet, seq)
) STRICT, WITHOUT ROWID;

-- A secret's HMAC from an entry on; null from the entry on at which the secret is gone.
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

-- The container images that a description names: the image that a container runs, or a tag points at.
CREATE TABLE image (
    facet       INTEGER  NOT NULL REFERENCES facet (id),
    seq         INTEGER  NOT NULL,
    position    INTEGER  NOT NULL,  -- the index of the image in the description
    vantage     TEXT     NOT NULL,  -- 'running' or 'registry'
    repository  TEXT     NOT NULL,
    tag         TEXT,
    digest      TEXT,
    PRIMARY KEY (facet, seq, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX image_by_tag    ON image (vantage, tag);
CREATE INDEX image_by_digest ON image (vantage, digest);

-- The stretches of an environment's chain in which a description names an image. From `until` on it names another, or is gone.
CREATE VIEW image_stretch AS
SELECT
    resource.environment,
    resource.kind,
    resource.identity,
    image.vantage,
    image.repository,
    image.tag,
    image.digest,
    image.seq  AS since,
    (SELECT min(seq) FROM version WHERE version.facet = image.facet AND version.seq > image.seq)  AS until
FROM image
JOIN facet    ON facet.id = image.facet
JOIN resource ON resource.id = facet.resource;
