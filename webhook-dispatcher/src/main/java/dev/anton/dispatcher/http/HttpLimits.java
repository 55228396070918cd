package dev.anton.dispatcher.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bounds an exchange.
 *
 * @param deadline for the whole exchange, from the lookup of the name to the answer's last byte; 15
 *     s is what receivers are promised
 * @param slowAfter when an attempt stops holding its record back; healthy endpoints answer well
 *     below a second, and a record waits for its slowest delivery
 * @param connectTimeout 5 s let two lost SYN packets be sent again and leave most of the deadline
 * @param maxAnswerBytes read of an answer at most; the connection is closed beyond
 * @param keptAnswerBytes shown to the subscription's owner
 * @param maxConnections in all; a connection costs about 20 KiB, so that 4,096 are 80 MiB
 * @param idleTimeout after which an unused connection is closed; below the 60 s at which common
 *     load balancers close theirs, so that a connection is seldom closed under a request
 */
@ConfigurationProperties("anton.dispatcher.http")
public record HttpLimits(
    @DefaultValue("15s") Duration deadline,
    @DefaultValue("1s") Duration slowAfter,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("65536") int maxAnswerBytes,
    @DefaultValue("2048") int keptAnswerBytes,
    @DefaultValue("4096") int maxConnections,
    @DefaultValue("30s") Duration idleTimeout) {}
