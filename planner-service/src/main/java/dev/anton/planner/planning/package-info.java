/** Makes a plan from a prompt, whichever planner does it. */
@NullMarked
package dev.anton.planner.planning;

import org.jspecify.annotations.NullMarked;
