package dev.anton.dispatcher.matching;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.index}.
 *
 * @param syncInterval between reads of what changed when nobody announces anything. 500 ms: even
 *     with all notifications lost, every replica sees a change within a second; the query costs a
 *     fraction of a millisecond.
 * @param listen whether changes are announced and listened to at once
 */
@ConfigurationProperties("anton.index")
record IndexProperties(
    @DefaultValue("500ms") Duration syncInterval, @DefaultValue("true") boolean listen) {}
