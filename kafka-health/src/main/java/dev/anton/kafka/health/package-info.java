/** The health of the connection to Kafka. */
@NullMarked
package dev.anton.kafka.health;

import org.jspecify.annotations.NullMarked;
