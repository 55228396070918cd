package dev.anton.dispatcher.publish;

import org.jspecify.annotations.Nullable;

/**
 * What a client publishes.
 *
 * @param type one of the tenant's own types
 * @param data at most 256 KiB
 * @param key events of one key keep their order
 */
record PublishRequest(@Nullable String type, @Nullable RawJson data, @Nullable String key) {}
