/** What happened to every event and delivery, written to PostgreSQL in batches. */
@NullMarked
package dev.anton.dispatcher.journal;

import org.jspecify.annotations.NullMarked;
