/** A receiver of webhooks that can misbehave. */
@NullMarked
package dev.anton.dispatcher.receiver;

import org.jspecify.annotations.NullMarked;
