-- Replays of many deliveries: what was asked for, how far each came, and who works on it. What
-- became of the deliveries that one made is in deliveries, under its id.

create table replay (
    replay_id       text collate "C" primary key,
    tenant          text collate "C" not null,
    subscription_id text collate "C", -- null: dead letters of any of the tenant's webhooks
    selection       text             not null
        check (selection in ('failed', 'all', 'missed', 'dead-letters')),
    since           timestamptz,      -- null: as far back as there is anything
    until           timestamptz      not null,
    events          text[],           -- null: all
    reason          text,             -- of dead letters; null: any
    max_rate        integer          not null, -- deliveries a second
    state           text             not null
        check (state in ('queued', 'running', 'completed', 'cancelled', 'failed')),
    waits_for       text,             -- why it does not go on right now
    error           text,
    position        text             not null default '', -- behind what was looked at
    scanned         bigint           not null default 0,
    enqueued        bigint           not null default 0,
    gone            bigint           not null default 0,
    passed_over     bigint           not null default 0,
    created_at      timestamptz      not null,
    started_at      timestamptz,
    finished_at     timestamptz,
    wake_at         timestamptz      not null,
    lease_owner     text,
    lease_until     timestamptz,
    fencing_token   bigint           not null default 0
);

create index replay_due on replay (wake_at) where state in ('queued', 'running');
create index replay_listed on replay (tenant, replay_id);
create index replay_of_webhook on replay (subscription_id, replay_id) where subscription_id is not null;
create index replay_finished on replay (finished_at) where finished_at is not null;
