package dev.anton.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long the gateway waits for a service.
 *
 * @param connectTimeout a service nearby accepts within milliseconds or not at all; 2 s outlast one
 *     lost SYN
 * @param answerTimeout the whole answer; nothing blocks while long work runs, so that 30 s mean
 *     that something hangs. A stream of events has no such limit.
 * @param maxBuffered what the bodies of all requests in flight may hold together: sixty-four of the
 *     largest, or tens of thousands of ordinary ones, and a quarter of a small heap
 */
@ConfigurationProperties("anton.gateway.proxy")
record ProxyProperties(
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration answerTimeout,
    @DefaultValue("64MB") DataSize maxBuffered) {}
