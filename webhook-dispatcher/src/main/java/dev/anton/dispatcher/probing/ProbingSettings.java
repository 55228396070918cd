package dev.anton.dispatcher.probing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many test deliveries run at a time; against an endpoint that hangs, each takes as long as an
 * attempt may.
 *
 * @param concurrency of all tenants; beside the 4,096 connections of deliveries that is nothing
 * @param perTenant so that one tenant's hanging endpoints leave the others' tests alone
 */
@ConfigurationProperties("anton.dispatcher.test")
record ProbingSettings(@DefaultValue("64") int concurrency, @DefaultValue("8") int perTenant) {}
