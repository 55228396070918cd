/** Reads a prompt by its words: whether it asks for software, and for what. */
@NullMarked
package dev.anton.planner.prompt;

import org.jspecify.annotations.NullMarked;
