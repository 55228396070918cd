package dev.anton.gateway.description;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the services' API descriptions are fetched.
 *
 * @param refresh how long a description counts as fresh; it changes with a deployment only
 * @param retry how soon a service that was away is asked again
 * @param timeout a service builds its description on the first request, which takes seconds when it
 *     has just started
 */
@ConfigurationProperties("anton.gateway.description")
record DescriptionProperties(
    @DefaultValue("60s") Duration refresh,
    @DefaultValue("3s") Duration retry,
    @DefaultValue("10s") Duration timeout) {}
