-- Rounds, frozen markets, offers, contracts, seats, adverse outcomes, cohort decisions.
-- migrate:up
CREATE TABLE round (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  collect_until BIGINT,
  seed TEXT NOT NULL,
  changes BIGINT NOT NULL,
  changes_repaired BIGINT NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
-- One round at a time between the freeze and the close; one that collects.
CREATE UNIQUE INDEX round_holds_market ON round ((1))
  WHERE state IN ('frozen', 'cleared', 'verified', 'published');
CREATE UNIQUE INDEX round_collects ON round ((1)) WHERE state IN ('planned', 'collecting');

-- The frozen market, line by line. subject: the switcher a line is about ('' for none); her lines
-- are sealed with her key.
CREATE TABLE market_line (
  round TEXT NOT NULL REFERENCES round (id),
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (round, line)
);
CREATE INDEX market_line_subject ON market_line (subject) WHERE subject <> '';

-- The first outcome of a round, as text.
CREATE TABLE round_outcome (
  round TEXT PRIMARY KEY REFERENCES round (id),
  text TEXT NOT NULL
);

CREATE TABLE offer (
  id TEXT PRIMARY KEY,
  round TEXT NOT NULL REFERENCES round (id),
  switcher TEXT NOT NULL,
  partner TEXT NOT NULL,
  employer TEXT NOT NULL,
  opleider TEXT NOT NULL,
  vacancy TEXT NOT NULL,
  start TEXT NOT NULL,
  start_month TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  deadline BIGINT NOT NULL,
  contract TEXT NOT NULL,
  repair INTEGER NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE UNIQUE INDEX offer_one_open ON offer (switcher) WHERE state = 'open';
CREATE INDEX offer_round ON offer (round, state);
CREATE INDEX offer_deadline ON offer (deadline) WHERE state = 'open';
CREATE INDEX offer_switcher ON offer (switcher, id);
CREATE INDEX offer_employer ON offer (employer, id);
CREATE INDEX offer_opleider ON offer (opleider, id);
CREATE INDEX offer_partner ON offer (partner, id);

-- Each party answers once.
CREATE TABLE offer_answer (
  offer TEXT NOT NULL REFERENCES offer (id),
  party TEXT NOT NULL CHECK (party IN ('switcher', 'employer', 'opleider')),
  decision TEXT NOT NULL CHECK (decision IN ('accept', 'decline')),
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (offer, party)
);

CREATE TABLE contract (
  id TEXT PRIMARY KEY,
  offer TEXT NOT NULL UNIQUE REFERENCES offer (id),
  round TEXT NOT NULL REFERENCES round (id),
  switcher TEXT NOT NULL,
  partner TEXT NOT NULL,
  employer TEXT NOT NULL,
  opleider TEXT NOT NULL,
  start TEXT NOT NULL,
  start_month TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  end_reason TEXT NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE UNIQUE INDEX contract_one_active ON contract (switcher) WHERE state = 'active';
CREATE INDEX contract_round ON contract (round, state);
CREATE INDEX contract_switcher ON contract (switcher, id);
CREATE INDEX contract_employer ON contract (employer, id);
CREATE INDEX contract_opleider ON contract (opleider, id);
CREATE INDEX contract_partner ON contract (partner, id);

-- A row per opening and per place. resource: the vacancy, or the start with the month of a rolling
-- one; owner: the same without the month. There is no counter that could disagree with the rows.
CREATE TABLE seat (
  resource TEXT NOT NULL,
  number INTEGER NOT NULL,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('vacancy', 'start')),
  state TEXT NOT NULL CHECK (state IN ('free', 'held', 'contracted')),
  offer TEXT,
  PRIMARY KEY (resource, number),
  CHECK ((state = 'free') = (offer IS NULL))
);
CREATE UNIQUE INDEX seat_one_hold ON seat (offer, resource) WHERE offer IS NOT NULL;
CREATE INDEX seat_state ON seat (resource, state, number);
CREATE INDEX seat_owner ON seat (owner);
CREATE INDEX seat_kind ON seat (kind, state);

-- Capacities the owners lowered, until their feeds say so too. known_sequence: the version of the
-- owner's record that was known then; a newer one overrules the row.
CREATE TABLE seat_limit (
  resource TEXT PRIMARY KEY,
  capacity INTEGER NOT NULL,
  known_sequence BIGINT NOT NULL
);

-- Decided starts. told: the owner of a cancelled one knows.
CREATE TABLE cohort (
  resource TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('runs', 'cancelled')),
  participants INTEGER NOT NULL,
  minimum INTEGER NOT NULL,
  decided_at BIGINT NOT NULL,
  told INTEGER NOT NULL
);

CREATE TABLE adverse_outcome (
  id TEXT PRIMARY KEY,
  round TEXT NOT NULL REFERENCES round (id),
  switcher TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unmatched', 'cohort_cancelled', 'rejected')),
  confirmed INTEGER NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE INDEX adverse_outcome_round ON adverse_outcome (round, id);

-- The latest moment this store has seen: time never runs backwards for an answer.
CREATE TABLE high_water (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  time BIGINT NOT NULL
);
INSERT INTO high_water (id, time) VALUES (1, 0);

-- migrate:down
DROP TABLE high_water;
DROP TABLE adverse_outcome;
DROP TABLE cohort;
DROP TABLE seat_limit;
DROP TABLE seat;
DROP TABLE contract;
DROP TABLE offer_answer;
DROP TABLE offer;
DROP TABLE round_outcome;
DROP TABLE market_line;
DROP TABLE round;
