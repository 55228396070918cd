package dev.anton.dispatcher.dispatch;

import java.time.Clock;
import java.time.Duration;

/**
 * The time that attempts go by.
 *
 * @param lease of a row while an attempt is made; longer than the longest attempt
 */
record LeaseClock(Clock clock, Duration lease) {}
