-- What clients registered, and what jobs brought along. A deleted row stays as a tombstone for a
-- while, stripped of everything, so that every replica learns of it.

create table webhook_subscription (
    id                  text collate "C" primary key,
    tenant              text collate "C" not null,
    job_id              text collate "C", -- of a job's inline webhook, null for a registered one
    url                 text             not null,
    events              text[]           not null,
    description         text,
    format              text             not null,
    sealed_headers      text,
    filter              text,
    ordered             boolean          not null,
    max_rate_per_second integer,
    retry_delays_ms     bigint[]         not null,
    sealed_key          text,
    sealed_next_key     text, -- while a rotation's grace period runs
    grace_until         timestamptz,
    status              text             not null check (status in ('ACTIVE', 'PAUSED', 'DISABLED')),
    status_reason       text,
    status_since        timestamptz      not null,
    expires_at          timestamptz, -- of a job's: its terminal event and retention
    created_at          timestamptz      not null,
    updated_at          timestamptz      not null,
    deleted_at          timestamptz,
    version             bigint           not null,
    -- The transaction of the last change. Whoever has read everything below a snapshot's oldest
    -- running transaction misses nothing by reading on from there, in whatever order they commit.
    changed_in          xid8             not null default pg_current_xact_id()
);

create index webhook_subscription_listed on webhook_subscription (tenant, id)
    where job_id is null and deleted_at is null;
create unique index webhook_subscription_of_job on webhook_subscription (tenant, job_id)
    where job_id is not null;
create index webhook_subscription_changes on webhook_subscription (changed_in);
create index webhook_subscription_tombstones on webhook_subscription (deleted_at)
    where deleted_at is not null;
create index webhook_subscription_expiring on webhook_subscription (expires_at)
    where expires_at is not null and deleted_at is null;
create index webhook_subscription_forgotten on webhook_subscription (created_at)
    where job_id is not null and expires_at is null and deleted_at is null;
create index webhook_subscription_rotating on webhook_subscription (grace_until)
    where grace_until is not null;

create function note_subscription_change() returns trigger language plpgsql as $$
begin
    new.changed_in := pg_current_xact_id();
    return new;
end
$$;

create trigger note_change before insert or update on webhook_subscription
    for each row execute function note_subscription_change();
