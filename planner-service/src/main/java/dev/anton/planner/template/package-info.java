/** Turns a brief into the nodes of a plan, one template for each kind of project and stack. */
@NullMarked
package dev.anton.planner.template;

import org.jspecify.annotations.NullMarked;
