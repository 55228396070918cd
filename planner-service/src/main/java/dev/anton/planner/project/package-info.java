/** The project's folder and repository: a safe unique name, made as a whole or not at all. */
@NullMarked
package dev.anton.planner.project;

import org.jspecify.annotations.NullMarked;
