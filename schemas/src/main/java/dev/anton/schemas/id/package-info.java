/** Prefixed, time-ordered identifiers. */
@NullMarked
package dev.anton.schemas.id;

import org.jspecify.annotations.NullMarked;
