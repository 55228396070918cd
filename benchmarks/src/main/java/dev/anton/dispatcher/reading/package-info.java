/** What the lists of the API cost. */
@NullMarked
package dev.anton.dispatcher.reading;

import org.jspecify.annotations.NullMarked;
