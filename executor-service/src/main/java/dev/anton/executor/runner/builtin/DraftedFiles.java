package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.executor.runner.builtin.ModelSettings.Limits;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a model's answer, and what is wrong with them. Nothing is written while anything is
 * wrong.
 *
 * @param problems sentences that the model can act on
 */
record DraftedFiles(List<Drafted> files, List<String> problems) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** A model that is told more mends no more. */
  private static final int MAX_PROBLEMS = 10;

  private static final String FORM =
      "Answer with nothing but a JSON object {\"files\": [{\"path\": …, \"content\": …}]}";

  record Drafted(String path, Path target, String content) {}

  DraftedFiles {
    files = List.copyOf(files);
    problems = List.copyOf(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
  }

  /**
   * @param allowed paths that may be written; empty for any in the project
   */
  static DraftedFiles read(String text, Path project, Set<String> allowed, Limits limits) {
    JsonNode files;
    try {
      files = JSON.readTree(unfenced(text)).path("files");
    } catch (JacksonException e) {
      return broken("Your answer is no JSON: " + e.getOriginalMessage() + ". " + FORM);
    }
    if (!files.isArray() || files.isEmpty()) {
      return broken("Your answer has no files. " + FORM);
    }
    if (files.size() > limits.files()) {
      return broken(
          "Your answer has %d files; at most %d are taken".formatted(files.size(), limits.files()));
    }
    List<Drafted> drafted = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<Path> targets = new HashSet<>();
    long bytes = 0;
    for (JsonNode file : files) {
      if (!file.path("path").isString() || !file.path("content").isString()) {
        problems.add("Each file has a path and a content, both texts");
        continue;
      }
      String path = file.path("path").stringValue();
      String content = file.path("content").stringValue();
      int size = content.getBytes(UTF_8).length;
      bytes += size;
      if (size > limits.fileBytes()) {
        problems.add(
            "%s has %d bytes; at most %d are taken".formatted(path, size, limits.fileBytes()));
      }
      try {
        Path target = target(project, path, allowed);
        if (!targets.add(target)) {
          problems.add(path + " is there twice");
        }
        drafted.add(new Drafted(path, target, content));
      } catch (RefusedException e) {
        problems.add(e.reason());
      }
    }
    if (bytes > limits.bytes()) {
      problems.add(
          "The files have %d bytes together; at most %d are taken"
              .formatted(bytes, limits.bytes()));
    }
    return new DraftedFiles(drafted, problems);
  }

  private static Path target(Path project, String path, Set<String> allowed)
      throws RefusedException {
    Path target = ProjectPaths.resolve(project, path);
    if (target.equals(project) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("The path " + path + " is a folder");
    }
    if (project.relativize(target).startsWith(".anton")) {
      throw new RefusedException("The path " + path + " leads into the folder of the plan");
    }
    if (!allowed.isEmpty() && !allowed.contains(project.relativize(target).toString())) {
      throw new RefusedException(
          "The path " + path + " is not among those to write: " + String.join(", ", allowed));
    }
    return target;
  }

  private static DraftedFiles broken(String problem) {
    return new DraftedFiles(List.of(), List.of(problem));
  }

  /** Servers that cannot be asked for JSON wrap it up as people do. */
  private static String unfenced(String text) {
    String stripped = text.strip();
    int start = stripped.indexOf('\n');
    return stripped.startsWith("```") && stripped.endsWith("```") && start > 0
        ? stripped.substring(start, Math.max(start, stripped.length() - 3))
        : stripped;
  }
}
