-- The request log with one key in place of four columns, which every write compared and stored
-- twice, and without an index on time: rows come in the order of time, so pruning begins at the
-- lowest number.
-- migrate:up
CREATE TABLE request_log_new (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,  -- tenant, principal, method and request id with char(31) between them
  request_hash TEXT NOT NULL,
  reply TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  time BIGINT NOT NULL
);
INSERT INTO request_log_new (key, request_hash, reply, subject, state, time)
SELECT tenant || char(31) || principal || char(31) || method || char(31) || request_id,
       request_hash, reply, subject, state, time
FROM request_log ORDER BY time;
DROP TABLE request_log;
ALTER TABLE request_log_new RENAME TO request_log;
CREATE INDEX request_log_subject ON request_log (subject) WHERE subject <> '';

-- migrate:down
ALTER TABLE request_log RENAME TO request_log_old;
DROP INDEX request_log_subject;
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
DROP TABLE request_log_old;
CREATE INDEX request_log_time ON request_log (time);
CREATE INDEX request_log_subject ON request_log (subject) WHERE subject <> '';
