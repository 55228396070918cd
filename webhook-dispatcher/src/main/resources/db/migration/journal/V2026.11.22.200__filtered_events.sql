-- How many subscriptions would have matched an event, had their filters not said no.
alter table events add column filtered integer not null default 0;
