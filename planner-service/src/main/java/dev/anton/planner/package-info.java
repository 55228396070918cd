/** Turns prompts into validated plans. */
@NullMarked
package dev.anton.planner;

import org.jspecify.annotations.NullMarked;
