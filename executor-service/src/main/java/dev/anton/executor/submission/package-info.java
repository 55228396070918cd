/** How executions come in: over HTTP, as commands from the planner, and as retries. */
@NullMarked
package dev.anton.executor.submission;

import org.jspecify.annotations.NullMarked;
