-- The replicas that match events, each with how far it has read the changes of subscriptions. Rounds
-- are numbered by one sequence: a round with a higher number than a change's began after the change
-- had committed. A row that is gone is the word of the others that its replica no longer counts.

create sequence replica_round;

create table replica (
    id      text collate "C" primary key,
    applied bigint      not null, -- the last round whose changes are in its index
    seen_at timestamptz not null
);
