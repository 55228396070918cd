package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Writes files: {@code {"files": [{"path", "content", "executable"?}]}}. Each is written whole or
 * not at all, and replaces what was there. The output is {@code {"files": [paths]}}.
 */
@RunnerName("template")
public final class TemplateRunner implements NodeRunner {

  private record FileToWrite(String path, Path target, String content, boolean executable) {}

  @Override
  public NodeResult run(NodeContext context) throws IOException {
    JsonNode files = context.inputs().path("files");
    if (!files.isArray() || files.isEmpty()) {
      return NodeResult.badInput("inputs.files is a list of files, each with path and content");
    }
    List<FileToWrite> toWrite = new ArrayList<>();
    try {
      // All are looked at before the first is written.
      for (JsonNode file : files) {
        if (!file.path("path").isString() || !file.path("content").isString()) {
          return NodeResult.badInput("Each of inputs.files has path and content, both texts");
        }
        String path = file.path("path").stringValue();
        toWrite.add(
            new FileToWrite(
                path,
                ProjectPaths.resolve(context.projectFolder(), path),
                file.path("content").stringValue(),
                file.path("executable").asBoolean(false)));
      }
      for (FileToWrite file : toWrite) {
        write(context, file);
      }
    } catch (RefusedException e) {
      return NodeResult.badInput(e.reason());
    }
    return NodeResult.completed(Map.of("files", toWrite.stream().map(FileToWrite::path).toList()));
  }

  private static void write(NodeContext context, FileToWrite file)
      throws IOException, RefusedException {
    Path folder = Objects.requireNonNull(file.target().getParent(), "inside the project");
    Files.createDirectories(folder);
    // What was no link a moment ago may have become one.
    if (!folder.toRealPath().startsWith(context.projectFolder().toRealPath())) {
      throw new RefusedException("The path " + file.path() + " goes through a link");
    }
    if (Files.isDirectory(file.target(), LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("The path " + file.path() + " is a folder");
    }
    Path unfinished = Files.createTempFile(folder, ".anton", null);
    byte[] content = file.content().getBytes(UTF_8);
    try {
      Files.write(unfinished, content);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(
            unfinished,
            PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
      }
      Files.move(
          unfinished,
          file.target(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    context.log().line("wrote " + file.path() + ", " + content.length + " bytes");
  }
}
