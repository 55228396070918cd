/** The whole engine on real PostgreSQL and Kafka. */
@NullMarked
package dev.anton.dispatcher.engine;

import org.jspecify.annotations.NullMarked;
