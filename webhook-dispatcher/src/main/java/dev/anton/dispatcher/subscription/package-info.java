/** Webhook subscriptions: what a client registers, and the snapshot that delivery works with. */
@NullMarked
package dev.anton.dispatcher.subscription;

import org.jspecify.annotations.NullMarked;
