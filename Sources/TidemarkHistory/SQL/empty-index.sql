-- Empties the tables that are derived from the log.
DELETE FROM index_derivation;
DELETE FROM index_image;
DELETE FROM index_release;
DELETE FROM index_gap;
DELETE FROM index_parts;
DELETE FROM index_walk;
DELETE FROM index_fingerprint;
DELETE FROM index_fingerprint_place;
DELETE FROM index_reading;
DELETE FROM index_reading_place;
DELETE FROM index_current_text;
DELETE FROM index_current;
DELETE FROM index_version;
DELETE FROM index_facet;
DELETE FROM index_resource;
DELETE FROM index_entry
