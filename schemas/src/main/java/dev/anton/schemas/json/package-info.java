/** How records become JSON on the wire. */
@NullMarked
package dev.anton.schemas.json;

import org.jspecify.annotations.NullMarked;
