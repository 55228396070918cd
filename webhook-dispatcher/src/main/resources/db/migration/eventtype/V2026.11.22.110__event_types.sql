-- Event types that tenants registered. A type is never changed: consumers and caches rely on it.

create table event_type (
    tenant      text collate "C" not null,
    name        text collate "C" not null,
    description text             not null,
    schema_json text,
    example     text,
    created_at  timestamptz      not null,
    primary key (tenant, name)
);
