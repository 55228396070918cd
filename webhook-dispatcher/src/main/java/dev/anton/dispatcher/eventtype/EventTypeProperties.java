package dev.anton.dispatcher.eventtype;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code anton.event-types}.
 *
 * @param maxPerTenant types a tenant may register. 1,000 is more than the largest public catalogues
 *     hold and still one page for a person.
 * @param cached compiled types kept in memory. 10,000 of a few kilobytes each are some tens of
 *     megabytes.
 */
@ConfigurationProperties("anton.event-types")
record EventTypeProperties(
    @DefaultValue("1000") int maxPerTenant, @DefaultValue("10000") int cached) {}
