/** Pausing, resuming and cancelling executions, whoever holds them. */
@NullMarked
package dev.anton.executor.control;

import org.jspecify.annotations.NullMarked;
