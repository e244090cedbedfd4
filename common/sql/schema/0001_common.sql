-- What every service's store has: the event log with its counter, and the request log.
-- migrate:up
-- Audit log and outbox at once. No personal data: kinds, resource names, versions, opaque ids.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  time BIGINT NOT NULL,
  kind TEXT NOT NULL,
  resource TEXT NOT NULL,
  version BIGINT NOT NULL,
  tenant TEXT NOT NULL,
  actor TEXT NOT NULL
);

-- One row, written once per commit group: sequences of databases skip numbers, this one does not.
CREATE TABLE event_sequence (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last BIGINT NOT NULL
);
INSERT INTO event_sequence (id, last) VALUES (1, 0);

-- state: 'kept', or 'forgotten' once the person the reply is about was erased.
CREATE TABLE request_log (
  tenant TEXT NOT NULL,
  principal TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  reply TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (tenant, principal, method, request_id)
);
CREATE INDEX request_log_time ON request_log (time);
CREATE INDEX request_log_subject ON request_log (subject) WHERE subject <> '';

-- migrate:down
DROP TABLE request_log;
DROP TABLE event_sequence;
DROP TABLE event;
