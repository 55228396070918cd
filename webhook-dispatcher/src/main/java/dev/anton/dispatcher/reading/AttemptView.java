package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt.
 *
 * @param attempt from 1
 * @param durationMs with three digits of microseconds
 * @param outcome what became of it, in one word
 * @param httpStatus absent if no answer came
 * @param error why it failed, absent if it did not
 * @param response the first bytes of the answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AttemptView(
    int attempt,
    Instant startedAt,
    double durationMs,
    @Nullable String outcome,
    @Nullable Integer httpStatus,
    @Nullable String error,
    @Nullable String response) {}
