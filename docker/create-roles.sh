#!/bin/sh
# Runs once, in an empty PostgreSQL: each service owns a role and a schema of its own.
set -eu
for service in planner executor dispatcher; do
  psql -v ON_ERROR_STOP=1 -U postgres -d anton -v role="$service" -v password="$ANTON_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE SCHEMA :"role" AUTHORIZATION :"role";
ALTER ROLE :"role" SET search_path = :"role";
SQL
done
psql -v ON_ERROR_STOP=1 -U postgres -d anton -c 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
