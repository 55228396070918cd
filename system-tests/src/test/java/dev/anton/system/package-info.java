/** The whole stack, started as a person starts it and looked at from outside. */
@NullMarked
package dev.anton.system;

import org.jspecify.annotations.NullMarked;
