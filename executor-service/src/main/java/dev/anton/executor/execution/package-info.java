/** Executions as they are kept: what was asked for, how far it has come, and every commit of it. */
@NullMarked
package dev.anton.executor.execution;

import org.jspecify.annotations.NullMarked;
