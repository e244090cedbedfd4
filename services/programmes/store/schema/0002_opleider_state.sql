-- Whether an opleider still teaches: a list can ask for it, so it is a column. Those that closed
-- before told so in an event.
-- state: 1 active, 2 closed.
-- migrate:up
ALTER TABLE opleider ADD COLUMN state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 2);
UPDATE opleider SET state = 2 WHERE EXISTS (
  SELECT 1 FROM event WHERE kind = 'opleider.closed' AND resource = 'opleiders/' || opleider.id
);

-- migrate:down
ALTER TABLE opleider DROP COLUMN state;
