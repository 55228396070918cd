package dev.anton.dispatcher.health;

import dev.anton.dispatcher.delivery.Delivery;

/**
 * A delivery that used up its attempts.
 *
 * @param reason why the last one failed
 */
public record ExhaustedDelivery(Delivery delivery, String deadLetterId, String reason) {}
