-- Opleiders, programmes with their modules, starts, and the vocabulary. Columns are what is
-- searched or constrained; the record itself is the payload (base64 of the public message).
-- migrate:up
CREATE TABLE opleider (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);

CREATE TABLE programme (
  id TEXT PRIMARY KEY,
  opleider TEXT NOT NULL REFERENCES opleider (id),
  external_reference TEXT,
  sector TEXT NOT NULL,
  degree BIGINT NOT NULL,
  state BIGINT NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE INDEX programme_opleider ON programme (opleider, id);
CREATE UNIQUE INDEX programme_external_reference ON programme (opleider, external_reference)
  WHERE external_reference IS NOT NULL;

CREATE TABLE start (
  id TEXT PRIMARY KEY,
  programme TEXT NOT NULL REFERENCES programme (id),
  opleider TEXT NOT NULL,
  state BIGINT NOT NULL,
  capacity BIGINT NOT NULL CHECK (capacity >= 1),
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE INDEX start_programme ON start (programme, id);

-- search: both labels in lower case, one a line.
CREATE TABLE skill (
  id TEXT PRIMARY KEY,
  search TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);

CREATE TABLE occupation (
  id TEXT PRIMARY KEY,
  sector TEXT NOT NULL,
  search TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);

-- migrate:down
DROP TABLE occupation;
DROP TABLE skill;
DROP TABLE start;
DROP TABLE programme;
DROP TABLE opleider;
