/** From a matched event to an attempt, and from its outcome to what becomes of the delivery. */
@NullMarked
package dev.anton.dispatcher.dispatch;

import org.jspecify.annotations.NullMarked;
