/** Conditions of nodes: expressions in CEL, checked when submitted and bounded in cost. */
@NullMarked
package dev.anton.executor.condition;

import org.jspecify.annotations.NullMarked;
