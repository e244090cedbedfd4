-- Who and what joined a round after its market was frozen, line by line; a later line stands for an
-- earlier one of the same kind and id. subject: as in market_line.
-- migrate:up
CREATE TABLE newcomer_line (
  round TEXT NOT NULL REFERENCES round (id),
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (round, line)
);
CREATE INDEX newcomer_line_subject ON newcomer_line (subject) WHERE subject <> '';

-- migrate:down
DROP TABLE newcomer_line;
