/** The plan as it goes over the wire and into a project's repository. */
@NullMarked
package dev.anton.schemas.plan;

import org.jspecify.annotations.NullMarked;
