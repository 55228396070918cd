/** The job plugins this executor has, and what they say of themselves. */
@NullMarked
package dev.anton.executor.plugin;

import org.jspecify.annotations.NullMarked;
