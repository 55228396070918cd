/** How a webhook fares: counts, rates and times over a window. */
@NullMarked
package dev.anton.dispatcher.stats;

import org.jspecify.annotations.NullMarked;
