package dev.anton.dispatcher.subscription;

import org.jspecify.annotations.Nullable;

/**
 * The state of a subscription after a change. Changes of one subscription may arrive in any order
 * and more than once: the one with the highest version holds.
 *
 * @param current null once it was deleted
 */
public record SubscriptionChange(String id, long version, @Nullable Subscription current) {}
