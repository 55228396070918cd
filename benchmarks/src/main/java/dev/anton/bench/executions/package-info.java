/** How fast plans are run, on the running stack. */
@NullMarked
package dev.anton.bench.executions;

import org.jspecify.annotations.NullMarked;
