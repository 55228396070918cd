package dev.anton.executor.output;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Outputs that are kept as files of their project: in the node's row and its event stands {@code
 * {"reference": path in the project, "bytes": size}} instead.
 */
public final class NodeOutputFiles {

  /** A larger one is not read back into memory. */
  public static final int MAX_BYTES = 16 << 20;

  /** Nothing else is opened, whatever a runner hands on. */
  private static final Pattern NAME =
      Pattern.compile("\\.anton/outputs/exe_[0-9a-f]{32}/[A-Za-z0-9_][A-Za-z0-9._~-]*\\.json");

  private NodeOutputFiles() {}

  /**
   * The file that stands behind an output.
   *
   * @param output as it is stored
   * @return empty if the output is its own value
   * @throws NoSuchFileException if there is no such file, or another kind of file
   */
  public static Optional<Path> file(Path project, JsonNode output) throws NoSuchFileException {
    String name = output.path("reference").asString("");
    if (!output.isObject()
        || output.size() != 2
        || !output.path("bytes").isInt()
        || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = project.resolve(name);
    // A node of the project may have put a link there.
    boolean isPlain =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isSymbolicLink(file.getParent())
            && !Files.isSymbolicLink(project.resolve(".anton/outputs"))
            && !Files.isSymbolicLink(project.resolve(".anton"));
    if (!isPlain) {
      throw new NoSuchFileException(name);
    }
    return Optional.of(file);
  }

  /**
   * The whole output.
   *
   * @param output as it is stored
   * @throws UnusableOutputException if its file is larger than {@link #MAX_BYTES}, or no JSON
   * @throws IOException if its file cannot be read, which may pass: the workspace may be a
   *     network's
   */
  public static JsonNode whole(Path project, JsonNode output)
      throws IOException, UnusableOutputException {
    Optional<Path> file = file(project, output);
    if (file.isEmpty()) {
      return output;
    }
    if (Files.size(file.get()) > MAX_BYTES) {
      throw new UnusableOutputException("is larger than " + MAX_BYTES + " bytes", null);
    }
    try {
      return WireJson.mapper().readTree(Files.readAllBytes(file.get()));
    } catch (JacksonException e) {
      throw new UnusableOutputException("is no JSON any more", e);
    }
  }
}
