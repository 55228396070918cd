package dev.anton.stack.supervision;

import java.time.Duration;

/**
 * A component at one moment.
 *
 * @param pid of the process that runs or ran last, 0 before the first
 * @param restarts how often it was started again
 * @param readyAfter from launch to ready, of the process that was ready last
 */
public record Status(
    String name, Condition condition, long pid, int restarts, Duration readyAfter) {}
