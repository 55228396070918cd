/** What a person types: up, status, logs, down and demo. */
@NullMarked
package dev.anton.stack.cli;

import org.jspecify.annotations.NullMarked;
