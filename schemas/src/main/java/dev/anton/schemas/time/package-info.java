/** How times are written on the wire. */
@NullMarked
package dev.anton.schemas.time;

import org.jspecify.annotations.NullMarked;
