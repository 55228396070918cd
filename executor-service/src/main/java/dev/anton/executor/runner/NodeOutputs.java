package dev.anton.executor.runner;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keeps small outputs as they are and large ones in a file of the project, by reference. */
final class NodeOutputs {

  /**
   * An output stands in its row and in an event; a quarter of what an event may have leaves room
   * for the rest of it.
   */
  static final int MAX_INLINE_BYTES = 64 << 10;

  /**
   * What is handed on instead.
   *
   * @param reference path in the project
   */
  record Reference(String reference, int bytes) {}

  private NodeOutputs() {}

  /**
   * @throws IOException if the file cannot be written
   */
  static @Nullable JsonNode keep(@Nullable JsonNode output, Attempt attempt) throws IOException {
    if (output == null) {
      return null;
    }
    byte[] json = WireJson.write(output);
    if (json.length <= MAX_INLINE_BYTES) {
      return output;
    }
    String name =
        ".anton/outputs/%s/%s-%d.json"
            .formatted(
                attempt.executionId(), attempt.nodeId().replace(':', '~'), attempt.attempt());
    Path file = attempt.projectFolder().resolve(name);
    Files.createDirectories(file.getParent());
    Path unfinished = Files.createTempFile(file.getParent(), ".output", null);
    try {
      Files.write(unfinished, json);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return WireJson.mapper().valueToTree(new Reference(name, json.length));
  }
}
