package dev.anton.executor.schedule;

/** The end of an attempt. It counts only if that attempt of that node is the one that runs. */
public record Finished(String nodeId, int attempt, Outcome outcome) {}
