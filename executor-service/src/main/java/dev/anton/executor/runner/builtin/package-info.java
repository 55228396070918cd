/** The runners that every executor has. */
@NullMarked
package dev.anton.executor.runner.builtin;

import org.jspecify.annotations.NullMarked;
