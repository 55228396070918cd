/** Lists with a cursor. */
@NullMarked
package dev.anton.api.page;

import org.jspecify.annotations.NullMarked;
