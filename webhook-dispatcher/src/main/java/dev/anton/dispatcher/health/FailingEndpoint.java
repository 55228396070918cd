package dev.anton.dispatcher.health;

import java.time.Instant;

/**
 * A registered subscription whose deliveries all fail.
 *
 * @param since when the first of them failed
 */
record FailingEndpoint(String subscriptionId, String tenant, String url, Instant since) {}
