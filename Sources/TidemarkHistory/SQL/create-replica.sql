-- Marks a file as the replica of the chains at an address. Nothing is recorded into it.
CREATE TABLE replica (
    address  TEXT  NOT NULL
) STRICT
