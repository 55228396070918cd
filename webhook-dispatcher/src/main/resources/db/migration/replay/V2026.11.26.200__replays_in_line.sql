-- What stands in line behind another delivery of its key is not counted before each step of a replay:
-- of an ordered webhook with one failing key that may be all the rest.
drop index parked_unattempted;
create index parked_unattempted on parked (replay_id)
    where replay_id <> '' and attempts = 0 and state <> 'behind';
