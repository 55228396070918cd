-- Records that were committed with a change of state and have yet to reach Kafka.
CREATE TABLE outbox_records (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane           text        NOT NULL,
    tenant         text        NOT NULL,
    topic          text        NOT NULL,
    record_key     text        NOT NULL,
    headers        text        NOT NULL,
    value          bytea       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    -- Set when Kafka will never take the record; later records of its key wait behind it.
    blocked_reason text
) WITH (
    -- Rows live for milliseconds: vacuum by count, not by a share of a table that is nearly empty.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_threshold = -1
);

CREATE INDEX outbox_records_blocked ON outbox_records (record_key) WHERE blocked_reason IS NOT NULL;

-- Keys are hashed to lanes; a lane is sent by the one replica that holds its lease.
CREATE TABLE outbox_lanes (
    lane          text PRIMARY KEY,
    lease_owner   text,
    lease_until   timestamptz,
    fencing_token bigint NOT NULL DEFAULT 0
);

INSERT INTO outbox_lanes (lane) SELECT 'lane-' || n FROM generate_series(0, 7) AS n;
