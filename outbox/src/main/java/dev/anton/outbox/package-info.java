/**
 * The transactional outbox: a service appends records in the transaction that changes its state,
 * and an ordered relay takes them to Kafka.
 */
@NullMarked
package dev.anton.outbox;

import org.jspecify.annotations.NullMarked;
