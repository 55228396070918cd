-- Registered subscriptions whose endpoints fail or failed lately. One that works for long has no row.
create table endpoint_health (
    subscription_id text collate "C" primary key,
    tenant          text collate "C" not null,
    url             text             not null, -- the clock is this URL's
    failing_since   timestamptz,               -- the first failure without a success since; null if it works
    noticed_at      timestamptz      not null, -- when a replica took it for failing
    recovered_at    timestamptz                -- the last webhook.recovered
);

-- Exhausted deliveries that are to be told of, one row for each subscription and one for all jobs'
-- of a tenant; with the last of them as an example.
create table exhausted_notice (
    notice_key     text collate "C" primary key,
    tenant         text collate "C" not null,
    untold         integer          not null,
    since          timestamptz      not null, -- the first of the untold
    told_at        timestamptz,               -- the last webhook.exhausted
    webhook_id     text             not null,
    url            text             not null,
    event_id       text             not null,
    delivery_id    text             not null,
    dead_letter_id text             not null,
    reason         text             not null,
    updated_at     timestamptz      not null
);

create index exhausted_notice_untold on exhausted_notice (notice_key) where untold > 0;
