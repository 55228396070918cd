-- Deliveries that were asked for again are found by what asked for them. Those of the events
-- themselves have no replay id and are in neither index.

create index deliveries_of_replay on deliveries (replay_id, delivery_id) include (status)
    where replay_id <> '';
create index parked_of_replay on parked (replay_id) where replay_id <> '';
