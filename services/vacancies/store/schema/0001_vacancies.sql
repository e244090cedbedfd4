-- Employers and their vacancies. Columns are what is searched or constrained; all the rest is in
-- `payload`: base64 of the public message without name, etag and sequence.
-- migrate:up
CREATE TABLE employer (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  sector TEXT NOT NULL,
  payload TEXT NOT NULL
);

-- The key is the order of every listing; each further index would be paid by every import.
-- state: 1 draft, 2 published, 3 closed.
CREATE TABLE vacancy (
  employer TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
  sector TEXT NOT NULL,
  occupation TEXT NOT NULL,
  external_reference TEXT CHECK (external_reference <> ''),
  payload TEXT NOT NULL,
  PRIMARY KEY (employer, id)
);
CREATE UNIQUE INDEX vacancy_reference ON vacancy (employer, external_reference)
  WHERE external_reference IS NOT NULL;

-- migrate:down
DROP TABLE vacancy;
DROP TABLE employer;
