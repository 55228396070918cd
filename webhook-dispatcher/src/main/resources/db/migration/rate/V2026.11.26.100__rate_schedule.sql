-- Up to when the tokens of a subscription with a rate are given out: token n of a grant may be used at
-- first_at + n / rate, by the replica that it was given to and nobody else. Unlogged, because what is lost
-- in a crash is a fraction of a second's tokens, and a commit every 50 ms need not wait for a disk.
create unlogged table rate_schedule (
    subscription_id text collate "C" primary key,
    rate            integer     not null,
    first_at        timestamptz not null, -- of the latest grant
    given           integer     not null, -- with the latest grant
    given_until     timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
