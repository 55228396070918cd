package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateRunnerTest extends NodeRunnerContract {

  @Override
  protected NodeRunner runner() {
    return new TemplateRunner();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of("{\"files\": [{\"path\": \"a/b.txt\", \"content\": \"x\"}]}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{}",
        "{\"files\": [{\"path\": \"../x\", \"content\": \"\"}]}",
        "{\"files\": [{\"path\": \"a\", \"content\": \"\"}, {\"path\": \"./a\", \"content\":"
            + " \"\"}]}");
  }

  @TempDir Path temporary;
  private final TemplateRunner runner = new TemplateRunner();
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectory(temporary.toRealPath().resolve("project"));
  }

  @Test
  void filesAreWrittenWholeAndReplaceWhatWasThere() throws IOException {
    Files.writeString(project.resolve("a.txt"), "something longer that was there before");

    NodeResult result =
        run(
            """
            {"files": [{"path": "a.txt", "content": "ä\\n"},
                       {"path": "bin/run.sh", "content": "#!/bin/sh\\n", "executable": true}]}
            """);

    assertThat(result)
        .isEqualTo(NodeResult.completed(Map.of("files", List.of("a.txt", "bin/run.sh"))));
    assertThat(project.resolve("a.txt")).hasContent("ä\n");
    assertThat(project.resolve("a.txt").toFile().canExecute()).isFalse();
    assertThat(project.resolve("bin/run.sh").toFile().canExecute()).isTrue();
    assertThat(project.resolve("bin")).isDirectoryNotContaining("glob:**.anton*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../out.txt",
        "a/../../out.txt",
        "/tmp/out.txt",
        "a/../../project/../out.txt",
        "..",
        ".",
        "",
        " ",
        "a\\u0000b",
        "a\\nb",
        "..\\\\out.txt",
        ".git/hooks/pre-commit",
        "sub/.GIT/config",
      })
  void aPathThatLeadsElsewhereIsRefusedAndNothingIsWritten(String path) throws IOException {
    NodeResult result =
        run(
            "{\"files\": [{\"path\": \"first.txt\", \"content\": \"\"}, {\"path\": \"%s\", \"content\": \"x\"}]}"
                .formatted(path));

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Failed.class, failed -> assertThat(failed.retryable()).isFalse());
    try (var files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("first.txt")))
          .isEmpty();
    }
  }

  @Test
  void aLinkIsNotFollowedWhereverItStands() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(project.resolve("folder"), outside);
    Files.createSymbolicLink(project.resolve("file"), outside.resolve("target"));

    for (String path : new String[] {"folder/x", "folder/deep/x", "file"}) {
      NodeResult result =
          run("{\"files\": [{\"path\": \"%s\", \"content\": \"x\"}]}".formatted(path));

      assertThat(result)
          .isInstanceOfSatisfying(
              NodeResult.Failed.class,
              failed -> assertThat(failed.error()).contains("goes through the link"));
    }
    assertThat(outside).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"files\": []}",
        "{\"files\": {}}",
        "{\"files\": [{\"path\": \"a\"}]}",
        "{\"files\": [{\"path\": 1, \"content\": \"\"}]}"
      })
  void inputsOfAnotherFormAreRefused(String inputs) throws IOException {
    assertThat(run(inputs)).isInstanceOf(NodeResult.Failed.class);
  }

  private NodeResult run(String inputs) throws IOException {
    return runner.run(RunnerAttempt.in(project, inputs));
  }
}
