/** Deliveries that used up their attempts, kept on Kafka. */
@NullMarked
package dev.anton.dispatcher.deadletter;

import org.jspecify.annotations.NullMarked;
