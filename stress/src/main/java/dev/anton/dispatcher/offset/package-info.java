/** Races for what may be committed. */
@NullMarked
package dev.anton.dispatcher.offset;

import org.jspecify.annotations.NullMarked;
