package dev.anton.stack.state;

import dev.anton.stack.process.StopSignal;
import dev.anton.stack.supervision.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One component as last seen by the launcher.
 *
 * @param stage parts of the same stage stop together, those of a higher stage earlier
 * @param address what a client connects to
 * @param identity of its process; null before its first launch
 * @param readyMillis from launch to ready, 0 as long as it was not
 * @param stopSignal how it is asked to stop
 */
public record ProcessState(
    String name,
    int stage,
    String address,
    String log,
    StopSignal stopSignal,
    Condition condition,
    @Nullable ProcessIdentity identity,
    int restarts,
    long readyMillis) {}
