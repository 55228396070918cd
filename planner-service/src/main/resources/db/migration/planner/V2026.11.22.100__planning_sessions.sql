-- A planning session is a state machine; one row is all there is to know of it.
CREATE TABLE planning_sessions (
    id             text PRIMARY KEY,
    tenant         text        NOT NULL,
    status         text        NOT NULL
        CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    step           text        NOT NULL
        CHECK (step IN ('initializing', 'validating', 'project-created', 'planning', 'reviewing')),
    prompt         text        NOT NULL,
    requested_name text,
    execute        boolean     NOT NULL,
    config         json        NOT NULL,
    traceparent    text        NOT NULL,
    -- What earlier steps found out, for the step that comes after; json keeps the order of fields.
    brief          json,
    project_name   text,
    output_dir     text,
    plan           json,
    error          text,
    execution_id   text,
    -- Counts the session's events: the last one's ce_sequence.
    version        bigint      NOT NULL,
    -- It ended without a plan, and its folder and name have yet to be given back.
    discard        boolean     NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    step_at        timestamptz NOT NULL,
    finished_at    timestamptz,
    -- Not before this time will it be tried (again).
    due_at         timestamptz NOT NULL DEFAULT now(),
    lease_owner    text,
    lease_until    timestamptz,
    fencing_token  bigint      NOT NULL DEFAULT 0
);

CREATE INDEX planning_sessions_by_tenant ON planning_sessions (tenant, id DESC);
CREATE INDEX planning_sessions_by_status ON planning_sessions (tenant, status, id DESC);
CREATE INDEX planning_sessions_work ON planning_sessions (id)
    WHERE status IN ('queued', 'running') OR discard;

-- The names in use. Kept apart from the sessions so that a name can be given back.
CREATE TABLE projects (
    tenant     text    NOT NULL,
    name_key   text    NOT NULL,
    session_id text    NOT NULL UNIQUE REFERENCES planning_sessions (id),
    -- The name without its number, and the number, to find the next one without counting up.
    wanted_key text    NOT NULL,
    number     integer NOT NULL,
    PRIMARY KEY (tenant, name_key)
);

CREATE INDEX projects_by_wanted ON projects (tenant, wanted_key, number DESC);
