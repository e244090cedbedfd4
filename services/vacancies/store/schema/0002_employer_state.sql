-- Whether an employer still hires: asked by every write of a vacancy, so it is a column.
-- state: 1 active, 2 closed.
-- migrate:up
ALTER TABLE employer ADD COLUMN state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 2);

-- migrate:down
ALTER TABLE employer DROP COLUMN state;
