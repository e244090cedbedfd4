-- What no outcome of a round could have exceeded is found after its offers are out; the numbers are
-- in its payload. bound_due: 1 from the publication until that was done. Rounds published before
-- this column was made have no bound.
-- migrate:up
ALTER TABLE round ADD COLUMN bound_due INTEGER NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE round DROP COLUMN bound_due;
