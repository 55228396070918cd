/** A real Kafka broker (KRaft, one node), run as a process of its own. */
@NullMarked
package dev.anton.stack.kafka;

import org.jspecify.annotations.NullMarked;
