/**
 * The whole stack on one machine: PostgreSQL, Kafka and the services, started and stopped as one.
 */
@NullMarked
package dev.anton.stack;

import org.jspecify.annotations.NullMarked;
