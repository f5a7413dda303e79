-- Empties the tables that are derived from the log.
DELETE FROM image;
DELETE FROM release;
DELETE FROM fingerprint;
DELETE FROM version;
DELETE FROM facet;
DELETE FROM resource
