-- Counts the events of one key: a session (its executions included), an execution without one, or a
-- job. The row is locked by whoever appends, so that sequence and order of the events agree.
CREATE TABLE event_streams (
    key           text   PRIMARY KEY,
    tenant        text   NOT NULL,
    last_sequence bigint NOT NULL CHECK (last_sequence >= 0)
) WITH (fillfactor = 50); -- updated once per append: room on the page keeps the updates off the index
