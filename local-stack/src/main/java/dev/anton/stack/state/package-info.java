/** What runs, written down for other commands and for the start after a crash. */
@NullMarked
package dev.anton.stack.state;

import org.jspecify.annotations.NullMarked;
