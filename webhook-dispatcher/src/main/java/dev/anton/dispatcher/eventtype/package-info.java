/** The catalogue of event types: the built-in ones, and those that tenants register. */
@NullMarked
package dev.anton.dispatcher.eventtype;

import org.jspecify.annotations.NullMarked;
