/** The steps of replays, asked of a large journal. */
@NullMarked
package dev.anton.dispatcher.replay;

import org.jspecify.annotations.NullMarked;
