package dev.anton.dispatcher.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that the brokers acknowledged. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PublishedEvent(String id, String type, Instant timestamp, @Nullable String key) {}
