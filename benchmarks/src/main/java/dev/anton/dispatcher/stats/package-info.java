/** The statistics of a webhook, asked of a large journal. */
@NullMarked
package dev.anton.dispatcher.stats;

import org.jspecify.annotations.NullMarked;
