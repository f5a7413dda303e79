-- The derived tables, emptied to be rebuilt from the log.
DELETE FROM image;
DELETE FROM release;
DELETE FROM fingerprint;
DELETE FROM version;
DELETE FROM facet;
DELETE FROM resource
