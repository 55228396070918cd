/** Runs plans and plugin jobs. */
@NullMarked
package dev.anton.executor;

import org.jspecify.annotations.NullMarked;
