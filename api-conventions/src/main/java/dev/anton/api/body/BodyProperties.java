package dev.anton.api.body;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The largest request.
 *
 * @param maxSize the contract's 1 MiB: four times the largest event, and a 20,000-character prompt
 *     fits fifty times over
 * @param maxSwallow what is read and thrown away of a refused body, so that a client that is still
 *     sending sees the answer instead of a reset connection; beyond it the connection is closed
 */
@ConfigurationProperties("anton.api.body")
public record BodyProperties(
    @DefaultValue("1MB") DataSize maxSize, @DefaultValue("8MB") DataSize maxSwallow) {}
