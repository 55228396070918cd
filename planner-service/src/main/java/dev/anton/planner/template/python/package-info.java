/** Projects in Python that need nothing but its standard library. */
@NullMarked
package dev.anton.planner.template.python;

import org.jspecify.annotations.NullMarked;
