/** What nodes hand on, also where it is too large for their rows and events. */
@NullMarked
package dev.anton.executor.output;

import org.jspecify.annotations.NullMarked;
