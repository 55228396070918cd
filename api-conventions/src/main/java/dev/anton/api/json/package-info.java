/** How request bodies are read and answers written. */
@NullMarked
package dev.anton.api.json;

import org.jspecify.annotations.NullMarked;
