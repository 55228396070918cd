/** One record per built-in event; its JSON Schema and an example lie beside it as resources. */
@NullMarked
package dev.anton.schemas.event;

import org.jspecify.annotations.NullMarked;
