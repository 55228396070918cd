package dev.anton.dispatcher.parking;

import dev.anton.dispatcher.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A parked delivery that this replica has leased.
 *
 * @param deadLetterId only of an exhausted one
 */
public record ParkedRow(
    Delivery delivery, String tenant, @Nullable String deadLetterId, @Nullable String reason) {}
