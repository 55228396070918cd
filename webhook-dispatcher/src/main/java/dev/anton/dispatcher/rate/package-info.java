/** The rates of subscriptions, kept by all replicas together. */
@NullMarked
package dev.anton.dispatcher.rate;

import org.jspecify.annotations.NullMarked;
