/** How endpoints fare over time: which keep failing, and the events that tell their owners. */
@NullMarked
package dev.anton.dispatcher.health;

import org.jspecify.annotations.NullMarked;
