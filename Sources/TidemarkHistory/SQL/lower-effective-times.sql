-- Dates the entries before a new one: none is effective later. They are the last ones, since effective times never decrease.
UPDATE index_entry
SET effective = :at
WHERE environment = :environment
  AND seq < :seq
  AND seq > coalesce((
        SELECT seq FROM index_entry
        WHERE environment = :environment AND seq < :seq AND effective <= :at
        ORDER BY seq DESC
        LIMIT 1), -1)
