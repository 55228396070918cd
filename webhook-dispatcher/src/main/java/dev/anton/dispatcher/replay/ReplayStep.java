package dev.anton.dispatcher.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look further came to.
 *
 * @param selected events to be delivered again
 * @param position where the next look begins
 * @param isLast whether there is no next
 * @param waitsFor why the next has to wait a moment, null if it need not
 */
record ReplayStep(
    List<SelectedEvent> selected,
    String position,
    long scanned,
    long gone,
    long passedOver,
    boolean isLast,
    @Nullable String waitsFor) {}
