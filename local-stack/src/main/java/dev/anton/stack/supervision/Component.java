package dev.anton.stack.supervision;

import dev.anton.stack.process.ServerProcess;
import java.util.function.Supplier;

/**
 * A part of the stack that runs as one process.
 *
 * @param launcher launches it without waiting until it is ready; called again after it died. It
 *     throws a {@link dev.anton.stack.process.StartException} if that is impossible.
 */
public record Component(String name, Supplier<ServerProcess> launcher) {}
