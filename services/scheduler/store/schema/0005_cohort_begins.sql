-- The day on which a start "at n people" begins, from the decision that it runs (days since
-- 1970-01-01); NULL: on the day its owner says.
-- migrate:up
ALTER TABLE cohort ADD COLUMN begins_on BIGINT;

-- migrate:down
ALTER TABLE cohort DROP COLUMN begins_on;
