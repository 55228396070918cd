-- What is due is claimed tenant by tenant: one that has a million rows delays nobody else's.
drop index parked_due;
create index parked_due on parked (tenant, due_at) where state = 'due';
