/** Keeping servers running: starting again what died, with growing pauses. */
@NullMarked
package dev.anton.stack.supervision;

import org.jspecify.annotations.NullMarked;
