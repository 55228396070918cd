/** Executions as clients see them. */
@NullMarked
package dev.anton.executor.view;

import org.jspecify.annotations.NullMarked;
