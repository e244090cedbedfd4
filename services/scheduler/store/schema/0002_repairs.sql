-- What a replay needs of every repair, and outcomes line by line: what is said about a person
-- is sealed with her key.
-- migrate:up
-- digest: of the market of the repair.
CREATE TABLE round_repair (
  round TEXT NOT NULL REFERENCES round (id),
  number INTEGER NOT NULL,
  time BIGINT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (round, number)
);

-- The lines in which the market of a repair differs from the frozen one. One row per person holds
-- all her lines.
CREATE TABLE repair_line (
  round TEXT NOT NULL REFERENCES round (id),
  repair INTEGER NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (round, repair, line)
);

-- repair: 0 for the first clearing. Rounds cleared before this table was made keep their outcome in
-- round_outcome.
CREATE TABLE outcome_line (
  round TEXT NOT NULL REFERENCES round (id),
  repair INTEGER NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (round, repair, line)
);

-- migrate:down
DROP TABLE outcome_line;
DROP TABLE repair_line;
DROP TABLE round_repair;
