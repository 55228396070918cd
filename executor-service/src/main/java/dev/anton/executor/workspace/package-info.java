/** Where the projects lie, and what may be written where. */
@NullMarked
package dev.anton.executor.workspace;

import org.jspecify.annotations.NullMarked;
