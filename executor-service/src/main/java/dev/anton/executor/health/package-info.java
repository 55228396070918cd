/** What this service needs to be ready. */
@NullMarked
package dev.anton.executor.health;

import org.jspecify.annotations.NullMarked;
