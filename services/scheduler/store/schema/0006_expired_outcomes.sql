-- An offer that expired because another party kept silent is an adverse outcome too. SQLite can't
-- change a CHECK: the table is made anew.
-- migrate:up
CREATE TABLE adverse_outcome_new (
  id TEXT PRIMARY KEY,
  round TEXT NOT NULL REFERENCES round (id),
  switcher TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unmatched', 'cohort_cancelled', 'rejected', 'expired')),
  confirmed INTEGER NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
INSERT INTO adverse_outcome_new (id, round, switcher, kind, confirmed, version, sequence, payload)
SELECT id, round, switcher, kind, confirmed, version, sequence, payload FROM adverse_outcome;
DROP TABLE adverse_outcome;
ALTER TABLE adverse_outcome_new RENAME TO adverse_outcome;
CREATE INDEX adverse_outcome_round ON adverse_outcome (round, id);

-- migrate:down
CREATE TABLE adverse_outcome_old (
  id TEXT PRIMARY KEY,
  round TEXT NOT NULL REFERENCES round (id),
  switcher TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unmatched', 'cohort_cancelled', 'rejected')),
  confirmed INTEGER NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
INSERT INTO adverse_outcome_old (id, round, switcher, kind, confirmed, version, sequence, payload)
SELECT id, round, switcher, CASE kind WHEN 'expired' THEN 'rejected' ELSE kind END, confirmed,
  version, sequence, payload FROM adverse_outcome;
DROP TABLE adverse_outcome;
ALTER TABLE adverse_outcome_old RENAME TO adverse_outcome;
CREATE INDEX adverse_outcome_round ON adverse_outcome (round, id);
