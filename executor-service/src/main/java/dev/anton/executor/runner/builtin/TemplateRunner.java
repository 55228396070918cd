package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Writes files: {@code {"files": [{"path", "content", "executable"?}]}}. Each is written whole or
 * not at all, and replaces what was there. The output is {@code {"files": [paths]}}.
 */
@RunnerName("template")
public final class TemplateRunner implements NodeRunner {

  /** A template is a part of a plan; what is larger belongs into a repository. */
  static final int MAX_FILES = 10_000;

  /** Of all files of a node together. */
  static final long MAX_BYTES = 16L << 20;

  private record FileToWrite(String path, Path target, String content, boolean executable) {}

  @Override
  public NodeResult run(NodeContext context) throws IOException {
    JsonNode files = context.inputs().path("files");
    if (!files.isArray() || files.isEmpty()) {
      return NodeResult.badInput("inputs.files is a list of files, each with path and content");
    }
    if (files.size() > MAX_FILES) {
      return NodeResult.badInput("inputs.files has at most " + MAX_FILES + " files");
    }
    List<FileToWrite> toWrite = new ArrayList<>();
    Set<Path> targets = new HashSet<>();
    long bytes = 0;
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
        bytes += file.path("content").stringValue().getBytes(UTF_8).length;
        if (!targets.add(toWrite.getLast().target())) {
          return NodeResult.badInput("inputs.files names " + path + " twice");
        }
      }
      if (bytes > MAX_BYTES) {
        return NodeResult.badInput("inputs.files has at most " + MAX_BYTES + " bytes in all");
      }
      for (FileToWrite file : toWrite) {
        ProjectFiles.write(
            context.projectFolder(), file.path(), file.target(), file.content(), file.executable());
        context.log().line("wrote " + file.path());
      }
    } catch (RefusedException e) {
      return NodeResult.badInput(e.reason());
    }
    return NodeResult.completed(Map.of("files", toWrite.stream().map(FileToWrite::path).toList()));
  }
}
