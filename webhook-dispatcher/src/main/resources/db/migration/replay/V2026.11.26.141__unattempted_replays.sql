-- What a replay enqueued and nobody attempted yet is counted before each of its steps, however many
-- of its deliveries wait for another attempt.
create index parked_unattempted on parked (replay_id) where replay_id <> '' and attempts = 0;
