package dev.anton.dispatcher.replay;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that a replay looks at.
 *
 * @param position what the journal is read by, of this delivery
 * @param arrivedOtherwise whether another delivery of the event to the same webhook arrived or is
 *     under way, where that counts
 */
record Candidate(
    PastDelivery delivery,
    String position,
    String eventType,
    boolean arrivedOtherwise,
    @Nullable String reason,
    @Nullable String lastOutcome) {}
