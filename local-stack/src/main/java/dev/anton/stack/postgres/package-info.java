/** A real PostgreSQL server, unpacked from a jar and run as a process of its own. */
@NullMarked
package dev.anton.stack.postgres;

import org.jspecify.annotations.NullMarked;
