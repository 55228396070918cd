/** Matches events with subscriptions and delivers them. */
@NullMarked
package dev.anton.dispatcher;

import org.jspecify.annotations.NullMarked;
