/** How large a request may be. */
@NullMarked
package dev.anton.api.body;

import org.jspecify.annotations.NullMarked;
