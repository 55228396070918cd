/** One lane per endpoint, so that none can use up what all share. */
@NullMarked
package dev.anton.dispatcher.lane;

import org.jspecify.annotations.NullMarked;
