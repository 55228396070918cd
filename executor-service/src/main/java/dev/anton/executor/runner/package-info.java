/** Finds the node runners and runs attempts with them. */
@NullMarked
package dev.anton.executor.runner;

import org.jspecify.annotations.NullMarked;
