-- The interface for people and programs: these views stay as they are when the tables change.
--
-- Times are texts in UTC with milliseconds. Contents of the past are encoded; 'facet_history' has their hashes.

CREATE VIEW snapshot AS
SELECT
    log_environment.name                                                              AS environment,
    log_entry.seq,
    log_entry.header ->> '$.at'                                                       AS at,
    strftime('%Y-%m-%dT%H:%M:%fZ', index_entry.effective / 1000.0, 'unixepoch')       AS effective_at,
    log_entry.header ->> '$.actor'                                                    AS actor,
    index_release.label                                                               AS release,
    index_entry.changed,
    lower(hex(log_entry.hash))                                                        AS hash
FROM index_entry
JOIN log_entry          ON log_entry.environment = index_entry.environment AND log_entry.seq = index_entry.seq
JOIN log_environment    ON log_environment.id = index_entry.environment
LEFT JOIN index_release ON index_release.environment = index_entry.environment AND index_release.seq = index_entry.seq
WHERE index_entry.shows_state;

CREATE VIEW release AS
SELECT
    log_environment.name            AS environment,
    index_release.seq,
    log_entry.header ->> '$.at'     AS at,
    index_release.label,
    log_entry.header ->> '$.actor'  AS actor,
    index_release.claimed_by,
    index_release."commit",
    index_release.url,
    index_release.note,
    index_release.ticket,
    index_release.pr
FROM index_release
JOIN log_entry       ON log_entry.environment = index_release.environment AND log_entry.seq = index_release.seq
JOIN log_environment ON log_environment.id = index_release.environment;

CREATE VIEW current AS
SELECT
    log_environment.name     AS environment,
    index_current.kind,
    index_current.identity,
    index_current.name       AS facet,
    index_current.seq        AS since,
    index_current_text.text  AS content
FROM index_current
JOIN index_current_text ON index_current_text.facet = index_current.facet
JOIN log_environment    ON log_environment.id = index_current.environment;

CREATE VIEW facet_history AS
SELECT
    log_environment.name          AS environment,
    index_resource.kind,
    index_resource.identity,
    index_facet.name              AS facet,
    index_version.seq,
    log_entry.header ->> '$.at'   AS at,
    iif(log_content.hash IS NULL, NULL, lower(hex(log_content.hash)))  AS content_hash  -- null where the facet is gone
FROM index_version
JOIN index_facet      ON index_facet.id = index_version.facet
JOIN index_resource   ON index_resource.id = index_facet.resource
JOIN log_environment  ON log_environment.id = index_version.environment
JOIN log_entry        ON log_entry.environment = index_version.environment AND log_entry.seq = index_version.seq
LEFT JOIN log_content ON log_content.id = index_version.content;

CREATE VIEW reading_history AS
SELECT
    log_environment.name         AS environment,
    index_resource.kind,
    index_resource.identity,
    index_reading_place.name,
    index_reading.seq,
    log_entry.header ->> '$.at'  AS at,
    index_reading.value  -- JSON; null where it was not read
FROM index_reading
JOIN index_reading_place ON index_reading_place.id = index_reading.place
JOIN index_resource      ON index_resource.id = index_reading_place.resource
JOIN log_environment     ON log_environment.id = index_reading.environment
JOIN log_entry           ON log_entry.environment = index_reading.environment AND log_entry.seq = index_reading.seq;

CREATE VIEW image_tag AS
SELECT
    log_environment.name  AS environment,
    index_resource.kind,
    index_resource.identity,
    index_image.vantage,
    index_image.repository,
    index_image.tag,
    index_image.digest,
    index_image.seq       AS since,
    index_image.until
FROM index_image
JOIN index_facet     ON index_facet.id = index_image.facet
JOIN index_resource  ON index_resource.id = index_facet.resource
JOIN log_environment ON log_environment.id = index_image.environment;

CREATE VIEW gap AS
SELECT
    log_environment.name                    AS environment,
    index_gap.gap ->> '$.question[0]'       AS service,
    index_gap.gap ->> '$.question[1]'       AS operation,
    index_gap.gap -> '$.question[2]'        AS parameters,
    index_gap.gap ->> '$.outcome'           AS outcome,
    index_gap.gap -> '$.reason'             AS reason,
    index_gap.since,
    index_gap.until
FROM index_gap
JOIN log_environment ON log_environment.id = index_gap.environment;

-- The settled snapshots that show another running set than before; the first of each environment shows a state.
CREATE VIEW deployment AS
SELECT
    log_environment.name           AS environment,
    index_deployment.seq,
    log_entry.header ->> '$.at'    AS at,
    index_deployment.after,
    before.header ->> '$.at'       AS after_at,
    index_deployment.version,
    index_deployment.platform
FROM index_deployment
JOIN log_environment  ON log_environment.id = index_deployment.environment
JOIN log_entry        ON log_entry.environment = index_deployment.environment AND log_entry.seq = index_deployment.seq
LEFT JOIN log_entry AS before
                      ON before.environment = index_deployment.environment AND before.seq = index_deployment.after;

-- The digests that are the same image for a platform have one config.
CREATE VIEW image_config AS
SELECT
    log_environment.name  AS environment,
    index_config.digest,
    index_config.platform,
    index_config.config,
    index_config.revision,
    index_config.seq      AS since
FROM index_config
JOIN log_environment ON log_environment.id = index_config.environment;

CREATE VIEW note AS
SELECT
    log_environment.name            AS environment,
    index_note.seq,
    log_entry.header ->> '$.at'     AS at,
    log_entry.header ->> '$.actor'  AS actor,
    index_note.about,
    index_note.text,
    index_note.label,
    index_note.release,
    index_note.claimed_by,
    index_note."commit",
    index_note.url
FROM index_note
JOIN log_entry       ON log_entry.environment = index_note.environment AND log_entry.seq = index_note.seq
JOIN log_environment ON log_environment.id = index_note.environment;
