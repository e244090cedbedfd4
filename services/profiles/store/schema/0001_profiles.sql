-- Switchers. What says anything about a person is sealed with a key of her own (common/vault):
-- `identity` who she is, `profile` what she can and wants. The other columns are opaque.
-- migrate:up
-- state: 1 active, 2 withdrawn. last_confirmed: days since 1970-01-01.
CREATE TABLE switcher (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  version BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 2),
  last_confirmed BIGINT NOT NULL,
  identity TEXT NOT NULL,
  profile TEXT NOT NULL
);
-- A partner lists its own.
CREATE INDEX switcher_tenant ON switcher (tenant, id);

-- migrate:down
DROP TABLE switcher;
