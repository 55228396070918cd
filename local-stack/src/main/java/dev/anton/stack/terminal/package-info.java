/** Output for a person's terminal and for a pipe. */
@NullMarked
package dev.anton.stack.terminal;

import org.jspecify.annotations.NullMarked;
