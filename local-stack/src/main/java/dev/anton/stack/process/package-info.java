/**
 * Operating system processes: starting them apart from our terminal, watching and stopping them.
 */
@NullMarked
package dev.anton.stack.process;

import org.jspecify.annotations.NullMarked;
