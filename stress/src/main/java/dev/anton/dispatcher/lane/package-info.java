/** Races for an endpoint's lane and a tenant's share. */
@NullMarked
package dev.anton.dispatcher.lane;

import org.jspecify.annotations.NullMarked;
