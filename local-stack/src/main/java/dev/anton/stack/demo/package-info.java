/** The main job shown once, from a prompt to signed webhooks. */
@NullMarked
package dev.anton.stack.demo;

import org.jspecify.annotations.NullMarked;
