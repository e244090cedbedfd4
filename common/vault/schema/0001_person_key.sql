-- One key per person. state: 'live', or 'erased' with an empty key: the mark that keeps a late
-- write from making the person a new key.
-- migrate:up
CREATE TABLE person_key (
  subject TEXT NOT NULL PRIMARY KEY,
  sealing_key TEXT NOT NULL,
  state TEXT NOT NULL,
  time BIGINT NOT NULL
);

-- migrate:down
DROP TABLE person_key;
