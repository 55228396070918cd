package dev.anton.executor.run;

import dev.anton.executor.execution.ExecutionStore;
import dev.anton.executor.execution.TransitionWriter;
import dev.anton.executor.runner.AttemptLauncher;
import java.time.Clock;

/** What the executions of this replica share. */
record Replica(
    ExecutionStore store,
    TransitionWriter writer,
    AttemptLauncher launcher,
    NodeSlots slots,
    Clock clock) {}
