/** Strict order of one key's deliveries; the invariants are in {@code docs/ordered.md}. */
@NullMarked
package dev.anton.dispatcher.ordering;

import org.jspecify.annotations.NullMarked;
