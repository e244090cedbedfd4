-- Trajectories, the stages they reached, every step once, and how far the feeds were read. Columns
-- are what is searched or constrained; the record itself is the payload (base64 of the public
-- message). Days are whole days since 1970-01-01.
-- migrate:up
CREATE TABLE trajectory (
  id TEXT PRIMARY KEY,
  switcher TEXT NOT NULL,
  employer TEXT NOT NULL,
  opleider TEXT NOT NULL,
  sector TEXT NOT NULL,
  stage BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  at_risk BIGINT NOT NULL,
  exit_reason BIGINT,
  startbekwaam_days BIGINT,
  -- Not part of the public message: the tenant she came through, the offer that is out, the day on
  -- which hours were last recorded.
  partner TEXT NOT NULL,
  offer TEXT NOT NULL,
  progress_on BIGINT,
  -- The day on which deadlines must be looked at again; NULL: only an event can change them.
  next_check BIGINT,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  payload TEXT NOT NULL
);
-- A switcher runs one trajectory at a time.
CREATE UNIQUE INDEX trajectory_running ON trajectory (switcher) WHERE ended = 0;
CREATE INDEX trajectory_switcher ON trajectory (switcher, id);
CREATE INDEX trajectory_partner ON trajectory (partner, id);
CREATE INDEX trajectory_employer ON trajectory (employer, id);
CREATE INDEX trajectory_opleider ON trajectory (opleider, id);
CREATE INDEX trajectory_stage ON trajectory (stage, ended, id);
CREATE INDEX trajectory_next_check ON trajectory (next_check, id) WHERE ended = 0;

CREATE TABLE stage_reached (
  trajectory TEXT NOT NULL REFERENCES trajectory (id),
  stage BIGINT NOT NULL,
  PRIMARY KEY (trajectory, stage)
);

-- Every effect of every change, for the metrics: kind 1 step, 2 exit, 3 startbekwaam.
CREATE TABLE step (
  sequence BIGINT NOT NULL,
  place BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  from_stage BIGINT NOT NULL,
  to_stage BIGINT NOT NULL,
  reason BIGINT NOT NULL,
  days BIGINT NOT NULL,
  sector TEXT NOT NULL,
  PRIMARY KEY (sequence, place)
);

-- The inbox: how far each feed was applied, and the version of each record of a neighbour that was
-- taken in, so that what comes twice or late has no effect.
CREATE TABLE feed_position (
  feed TEXT PRIMARY KEY,
  sequence BIGINT NOT NULL
);
CREATE TABLE feed_seen (
  name TEXT PRIMARY KEY,
  sequence BIGINT NOT NULL
);

-- migrate:down
DROP TABLE feed_seen;
DROP TABLE feed_position;
DROP TABLE step;
DROP TABLE stage_reached;
DROP TABLE trajectory;
