/** Runs the executions that this replica holds. */
@NullMarked
package dev.anton.executor.run;

import org.jspecify.annotations.NullMarked;
