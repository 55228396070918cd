-- A job: a chain of plugins over one input. The row is the job's whole state; any replica can go on
-- from it. JSON is kept as text (json, not jsonb): what the client sent is what it sees again.
CREATE TABLE jobs (
  id                      text        PRIMARY KEY,
  tenant                  text        NOT NULL,
  status                  text        NOT NULL
    CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  input                   json        NOT NULL,
  plugins                 text[]      NOT NULL CHECK (cardinality(plugins) BETWEEN 1 AND 100),
  retries                 integer     NOT NULL CHECK (retries >= 0),
  timeout_ms              bigint      NOT NULL CHECK (timeout_ms > 0),
  -- How many plugins have completed, which is also the index of the one that is next.
  completed_plugins       integer     NOT NULL DEFAULT 0,
  -- Of the plugin that is next, counted from 1.
  attempt                 integer     NOT NULL DEFAULT 1,
  -- When there is something to do; a backoff moves it, and holds nothing else.
  due_at                  timestamptz NOT NULL DEFAULT now(),
  -- Claims since a plugin last had an outcome: a job that kills its executors is given up.
  claims_without_outcome  integer     NOT NULL DEFAULT 0,
  error                   text,
  created_at              timestamptz NOT NULL DEFAULT now(),
  started_at              timestamptz,
  deadline_at             timestamptz,
  finished_at             timestamptz,
  lease_owner             text,
  lease_until             timestamptz,
  fencing_token           bigint      NOT NULL DEFAULT 0,
  CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CHECK (completed_plugins BETWEEN 0 AND cardinality(plugins))
);

CREATE INDEX jobs_due ON jobs (due_at) WHERE status IN ('queued', 'running');
CREATE INDEX jobs_by_tenant ON jobs (tenant, id DESC);
CREATE INDEX jobs_by_tenant_and_status ON jobs (tenant, status, id DESC);
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_plugin_results (
  job_id          text    NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  position        integer NOT NULL,
  plugin          text    NOT NULL,
  tenant          text    NOT NULL,
  processed_items bigint  NOT NULL,
  duration_ms     bigint  NOT NULL,
  own_metrics     json    NOT NULL,
  output          json    NOT NULL,
  PRIMARY KEY (job_id, position)
);
