UPDATE index_gap
SET until = :until
WHERE environment = :environment
  AND since = :since
  AND position = :position
