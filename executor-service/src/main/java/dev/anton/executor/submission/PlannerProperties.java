package dev.anton.executor.submission;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the planner is.
 *
 * @param connectTimeout it is on the same network
 * @param timeout of the whole answer: it reads one row
 */
@ConfigurationProperties("anton.services.planner")
record PlannerProperties(
    URI url, @DefaultValue("1s") Duration connectTimeout, @DefaultValue("3s") Duration timeout) {}
