-- An execution of a plan. The plan is a snapshot: one edited later changes nothing that runs.
CREATE TABLE executions (
    id              text        PRIMARY KEY,
    tenant          text        NOT NULL,
    session_id      text,
    retry_of        text,
    project_name    text,
    output_dir      text        NOT NULL,
    plan            text        NOT NULL,
    max_concurrency integer     NOT NULL CHECK (max_concurrency > 0),
    fail_fast       boolean     NOT NULL,
    traceparent     text,
    status          text        NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
    -- What people want; whoever holds the lease obeys. Read under this row's lock by every commit.
    control         text        NOT NULL DEFAULT 'run' CHECK (control IN ('run', 'pause', 'cancel')),
    -- Counts the holder's commits: a commit whose answer was lost is recognised when it is tried again.
    version         bigint      NOT NULL DEFAULT 0,
    error           text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    finished_at     timestamptz,
    -- Nothing is to be done before; backing off and paused executions hold no lease.
    wake_at         timestamptz NOT NULL DEFAULT now(),
    lease_owner     text,
    lease_until     timestamptz,
    fencing_token   bigint      NOT NULL DEFAULT 0
);

-- Work to be claimed, oldest first.
CREATE INDEX executions_due ON executions (wake_at) WHERE status IN ('queued', 'running', 'paused');
CREATE INDEX executions_to_cancel ON executions (wake_at)
    WHERE control = 'cancel' AND status IN ('queued', 'running', 'paused');

-- Lists: newest first, since ids sort by time.
CREATE INDEX executions_by_tenant ON executions (tenant, id);
CREATE INDEX executions_by_session ON executions (session_id, id) WHERE session_id IS NOT NULL;

CREATE TABLE execution_nodes (
    execution_id  text    NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    node_id       text    NOT NULL,
    tenant        text    NOT NULL,
    position      integer NOT NULL,
    state         text    NOT NULL DEFAULT 'pending'
        CHECK (state IN
            ('pending', 'running', 'retrying', 'completed', 'failed', 'skipped', 'cancelled')),
    attempt       integer NOT NULL DEFAULT 0,
    -- How many of the attempts ended because their executor went away.
    interruptions integer NOT NULL DEFAULT 0,
    due_at        timestamptz,
    started_at    timestamptz,
    finished_at   timestamptz,
    output        text,
    error         text,
    -- Taken over from the execution that this one retries.
    reused        boolean NOT NULL DEFAULT false,
    PRIMARY KEY (execution_id, node_id)
);
