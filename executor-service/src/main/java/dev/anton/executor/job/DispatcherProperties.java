package dev.anton.executor.job;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the dispatcher is.
 *
 * @param url its base address
 * @param connectTimeout it is next door: who does not answer in 2 s is away
 * @param timeout of a whole exchange, in which it writes one row and tells its replicas
 */
@ConfigurationProperties("anton.services.dispatcher")
record DispatcherProperties(
    @DefaultValue("http://127.0.0.1:3004") URI url,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("5s") Duration timeout) {}
