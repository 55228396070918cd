-- Ordered deliveries stand in line: those of one subscription with the same order_key, by offset. The
-- first of a line is due, waiting or exhausted like any other; those behind it are 'behind', which
-- nobody claims until it is their turn. order_key is null for what stands in no line.
alter table parked drop constraint parked_state_check;
alter table parked add constraint parked_state_check check (state in ('due', 'waiting', 'exhausted', 'behind'));
drop index parked_ordered;
alter table parked drop column ordered;
alter table parked add column order_key bigint;
create index parked_in_line on parked (subscription_id, order_key, kafka_offset, delivery_id)
    where order_key is not null;
