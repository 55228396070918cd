/** Which offsets may be committed; the invariants are in {@code docs/offset-tracking.md}. */
@NullMarked
package dev.anton.dispatcher.offset;

import org.jspecify.annotations.NullMarked;
