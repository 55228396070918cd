package dev.anton.executor.schedule;

import org.jspecify.annotations.Nullable;

/** What an execution's events say of it. */
public record ExecutionIdentity(
    String executionId, @Nullable String sessionId, @Nullable String projectName) {}
