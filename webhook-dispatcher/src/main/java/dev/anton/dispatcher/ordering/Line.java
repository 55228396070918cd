package dev.anton.dispatcher.ordering;

/** The deliveries of one subscription that go one after another. */
record Line(String subscriptionId, long orderKey) {}
