package dev.anton.dispatcher.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt that was made.
 *
 * @param number from 1
 */
public record Attempt(int number, Instant at, Duration duration, Outcome outcome) {}
