-- What happened to events: which were seen, what was delivered to whom, and every attempt.
-- Partitioned by day of the event's own time (ce_time). That time is part of the event, so a record
-- that is read twice, or was published twice, falls into the same partition and meets its own row.
-- The day partitions are made and dropped by the dispatcher; whatever lies outside of them (a
-- producer with a wrong clock) falls into the default partition and is never refused.
-- Payloads stay on Kafka: topic, partition and offset say where.

create table events (
    tenant          text collate "C" not null,
    event_id        text collate "C" not null,
    event_time      timestamptz      not null,
    event_type      text collate "C" not null,
    source          text             not null,
    subject         text collate "C",
    event_key       text collate "C",
    sequence        bigint,
    topic           text             not null,
    kafka_partition integer          not null,
    kafka_offset    bigint           not null,
    logged_at       timestamptz      not null, -- the broker's time of the record
    size_bytes      integer          not null,
    matched         integer          not null, -- subscriptions it goes to, 0 if none
    primary key (event_id, tenant, event_time)
) partition by range (event_time);

create table events_default partition of events default;

create index events_by_time on events (tenant, event_time, event_id);
create index events_by_key on events (tenant, event_key, event_time, event_id) where event_key is not null;

-- One row per event and subscription, and per replay. delivery_id sorts by the time it was made.
-- The latest attempt stands in the row itself: for one that succeeds at first it is the only one.
create table deliveries (
    delivery_id           text collate "C" not null,
    tenant                text collate "C" not null,
    subscription_id       text collate "C" not null,
    event_id              text collate "C" not null,
    replay_id             text collate "C" not null default '', -- empty: not a replay
    event_time            timestamptz      not null,
    event_type            text collate "C" not null,
    event_key             text collate "C",
    status                text             not null
        check (status in ('pending', 'delivered', 'retrying', 'dead', 'skipped')),
    attempts              integer          not null,
    created_at            timestamptz      not null,
    last_attempt_at       timestamptz,
    last_duration_us      bigint,
    last_outcome          text,
    last_http_status      integer,
    last_error            text,
    last_answer           text, -- at most 2 KiB
    next_attempt_at       timestamptz,
    reason                text, -- why it is skipped, dead or waits
    dead_letter_id        text collate "C",
    dead_letter_partition integer,
    dead_letter_offset    bigint
) partition by range (event_time);

create table deliveries_default partition of deliveries default;

-- Event first: its ids grow with time, so that a batch touches the index's right edge only. It also
-- answers which deliveries an event had.
create unique index deliveries_once on deliveries (event_id, subscription_id, replay_id, event_time);
create index deliveries_by_id on deliveries (delivery_id);
create index deliveries_by_subscription on deliveries (subscription_id, delivery_id);
create index deliveries_unfinished on deliveries (subscription_id, status, delivery_id)
    where status <> 'delivered';
create index deliveries_dead on deliveries (tenant, dead_letter_id) where dead_letter_id is not null;

-- Attempts of deliveries that did not succeed at the first one.
create table attempts (
    delivery_id  text collate "C" not null,
    attempt      integer          not null, -- from 1
    event_time   timestamptz      not null, -- of the delivery
    tenant       text collate "C" not null,
    attempted_at timestamptz      not null,
    duration_us  bigint           not null,
    outcome      text             not null,
    http_status  integer,
    error        text,
    answer       text,
    primary key (delivery_id, attempt, event_time)
) partition by range (event_time);

create table attempts_default partition of attempts default;

-- Every attempt, wherever it stands; read it by delivery_id and event_time.
create view delivery_attempts as
select delivery_id, attempt, event_time, tenant, attempted_at, duration_us, outcome, http_status, error, answer
  from attempts
 union all
select delivery_id, 1, event_time, tenant, last_attempt_at, last_duration_us, last_outcome, last_http_status,
       last_error, last_answer
  from deliveries
 where status = 'delivered' and attempts = 1;

-- Deliveries that wait for another attempt: small, hot, and not partitioned. A row is deleted when
-- its delivery is final. It holds the record as it lay on Kafka, because an attempt renders and
-- signs anew.
create table parked (
    delivery_id      text collate "C" primary key,
    tenant           text collate "C" not null,
    subscription_id  text collate "C" not null,
    event_id         text collate "C" not null,
    replay_id        text collate "C" not null default '',
    event_time       timestamptz      not null,
    event_type       text collate "C" not null,
    topic            text             not null,
    kafka_partition  integer          not null,
    kafka_offset     bigint           not null,
    logged_at        timestamptz      not null,
    record_key       bytea,
    record_headers   bytea            not null,
    record_value     bytea            not null,
    ordered          boolean          not null default false,
    -- due: when due_at is reached. waiting: when its endpoint's lane has room again, whatever the
    -- time. exhausted: to be dead-lettered.
    state            text             not null check (state in ('due', 'waiting', 'exhausted')),
    attempts         integer          not null, -- used up
    -- While a replica has the row leased, due_at is the end of that lease: one index finds what is
    -- due and what was left behind alike.
    due_at           timestamptz      not null,
    lease_owner      text,
    fencing_token    bigint           not null default 0,
    dead_letter_id   text collate "C",
    reason           text,
    parked_at        timestamptz      not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create index parked_due on parked (due_at) where state = 'due';
create index parked_waiting on parked (subscription_id, due_at) where state = 'waiting';
create index parked_exhausted on parked (due_at) where state = 'exhausted';
create index parked_by_subscription on parked (subscription_id);
create index parked_ordered on parked (topic, kafka_partition, subscription_id, record_key) where ordered;
