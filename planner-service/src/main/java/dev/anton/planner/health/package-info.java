/** What this service needs to be ready. */
@NullMarked
package dev.anton.planner.health;

import org.jspecify.annotations.NullMarked;
