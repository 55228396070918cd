-- Which event a request with an Idempotency-Key stands for, written before the event is sent: should
-- nobody know whether it arrived, a repeat sends the same event and not a second one.

create table published_event (
    tenant          text collate "C" not null,
    idempotency_key text collate "C" not null,
    request_hash    bytea            not null,
    event_id        text collate "C" not null,
    event_time      timestamptz      not null,
    primary key (tenant, idempotency_key, request_hash)
);

create index published_event_by_time on published_event (event_time);
