package dev.anton.gateway.home;

import java.util.Map;

/**
 * What the gateway says of itself.
 *
 * @param links what to look at next, by name
 */
record Home(String name, String description, String version, Map<String, String> links) {}
