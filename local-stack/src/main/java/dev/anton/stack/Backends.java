package dev.anton.stack;

import dev.anton.stack.postgres.DatabaseAccess;
import dev.anton.stack.postgres.ServiceRole;
import java.util.function.Function;

/** What the services connect to, known when PostgreSQL and Kafka are ready. */
public record Backends(
    Function<ServiceRole, DatabaseAccess> database, String bootstrapServers, String secretKeys) {}
