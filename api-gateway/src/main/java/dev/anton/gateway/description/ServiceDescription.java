package dev.anton.gateway.description;

import dev.anton.gateway.routing.Service;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service says of its API.
 *
 * @param document its OpenAPI document, the last that could be had; null if none ever could
 * @param reachable whether it could be asked the last time
 */
record ServiceDescription(Service service, @Nullable ObjectNode document, boolean reachable) {}
