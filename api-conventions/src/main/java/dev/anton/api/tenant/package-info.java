/** Whose request it is. */
@NullMarked
package dev.anton.api.tenant;

import org.jspecify.annotations.NullMarked;
