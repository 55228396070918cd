/** The planner that asks a language model, within limits and never on trust. */
@NullMarked
package dev.anton.planner.model;

import org.jspecify.annotations.NullMarked;
