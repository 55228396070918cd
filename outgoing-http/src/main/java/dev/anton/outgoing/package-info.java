/** HTTP calls that runners and plugins make: to vetted addresses, each bounded in time and size. */
@NullMarked
package dev.anton.outgoing;

import org.jspecify.annotations.NullMarked;
