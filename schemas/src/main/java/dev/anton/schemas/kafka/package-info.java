/** Topic names and settings, and how an event becomes a Kafka record and back. */
@NullMarked
package dev.anton.schemas.kafka;

import org.jspecify.annotations.NullMarked;
