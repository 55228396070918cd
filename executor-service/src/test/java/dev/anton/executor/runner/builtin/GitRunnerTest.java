package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.NodeRunnerContract;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GitRunnerTest extends NodeRunnerContract {

  @Override
  protected NodeRunner runner() {
    return new GitRunner();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        "{}", "{\"message\": \"A commit\", \"author\": {\"name\": \"A\", \"email\": \"a@b\"}}");
  }

  @Override
  protected List<String> badInputs() {
    return List.of(
        "{\"message\": 1}",
        "{\"message\": \"\"}",
        "{\"author\": \"me\"}",
        "{\"author\": {\"name\": \"a\\nb\"}}",
        "{\"author\": {\"mail\": \"x\"}}");
  }

  @TempDir Path project;
  @TempDir Path elsewhere;
  private final GitRunner runner = new GitRunner();

  @Test
  void everythingThatChangedIsCommitted() throws Exception {
    Files.writeString(project.resolve("kept.txt"), "1");
    Files.writeString(project.resolve("gone.txt"), "1");
    run("{}");
    Files.delete(project.resolve("gone.txt"));
    Files.writeString(project.resolve("kept.txt"), "2");
    Files.writeString(project.resolve("new.txt"), "1");

    JsonNode output =
        run("{\"message\": \"Second\", \"author\": {\"name\": \"Ada\", \"email\": \"a@b.c\"}}");

    try (Git git = Git.open(project.toFile())) {
      assertThat(git.status().call().isClean()).isTrue();
      RevCommit commit = git.log().call().iterator().next();
      assertThat(commit.getName()).isEqualTo(output.path("commit").asString());
      assertThat(commit.getFullMessage()).isEqualTo("Second");
      assertThat(commit.getAuthorIdent().getName()).isEqualTo("Ada");
      assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("a@b.c");
    }
  }

  @Test
  void theMessageIsTheLabelUnlessThePlanHasOne() throws Exception {
    Files.writeString(project.resolve("a.txt"), "1");

    run("{}");

    try (Git git = Git.open(project.toFile())) {
      assertThat(git.log().call().iterator().next().getFullMessage()).isEqualTo("The label");
    }
  }

  @Test
  void nothingToCommitIsFine() throws Exception {
    assertThat(run("{}").path("commit").isNull()).isTrue();
    Files.writeString(project.resolve("a.txt"), "1");
    JsonNode first = run("{}");

    JsonNode second = run("{}");

    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(second.path("changed").asBoolean()).isFalse();
    assertThat(second.path("commit")).isEqualTo(first.path("commit"));
  }

  @Test
  void outputsThatGoByReferenceAreNoPartOfTheProject() throws Exception {
    Files.createDirectories(project.resolve(".anton/outputs/exe_1"));
    Files.writeString(project.resolve(".anton/outputs/exe_1/a-1.json"), "{}");

    assertThat(run("{}").path("changed").asBoolean()).isFalse();
  }

  @Test
  void whatAnotherNodeHasNotWrittenToItsEndIsNoPartOfTheProject() throws Exception {
    Files.createDirectories(project.resolve("src"));
    Files.createTempFile(project.resolve("src"), ProjectFiles.UNFINISHED, null);

    assertThat(run("{}").path("changed").asBoolean()).isFalse();
  }

  @Test
  void filesThatGoAwayMeanwhileDoNotFailTheCommit() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; !over.get(); i++) {
                    writeAndDelete(project.resolve("passing-" + i % 50));
                  }
                });
    try {
      for (int i = 0; i < 50; i++) {
        Files.writeString(project.resolve("kept"), "" + i);
        assertThat(run("{}").path("changed").asBoolean()).isTrue();
      }
    } finally {
      over.set(true);
      other.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"})
  void theProjectsHooksAreNotRun(String name) throws Exception {
    run("{}");
    Path hook = project.resolve(".git/hooks").resolve(name);
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\ntouch " + trace() + "\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Files.writeString(project.resolve("a.txt"), "1");

    JsonNode output = run("{}");

    assertThat(output.path("changed").asBoolean()).isTrue();
    assertThat(trace()).doesNotExist();
  }

  @Test
  void theProjectsFiltersAreNotRunAndWhatTheyKeepOutIsNotCommitted() throws Exception {
    run("{}");
    configureFilter(project);
    Files.writeString(project.resolve(".gitattributes"), "*.key filter=own\n");
    Files.writeString(project.resolve("a.txt"), "1");
    JsonNode before = run("{}");
    Files.writeString(project.resolve("a.key"), "secret");

    NodeResult result = runner.run(RunnerAttempt.in(project, "{}"));

    assertThat(result)
        .isInstanceOfSatisfying(
            NodeResult.Failed.class,
            failed -> {
              assertThat(failed.error()).contains("a.key").contains("no program of a project");
              assertThat(failed.retryable()).isFalse();
            });
    assertThat(trace()).doesNotExist();
    try (Git git = Git.open(project.toFile())) {
      assertThat(git.getRepository().resolve("HEAD").name())
          .isEqualTo(before.path("commit").asString());
    }
  }

  @Test
  void theFiltersOfARepositoryInTheProjectAreNotRun() throws Exception {
    Path inner = Files.createDirectory(project.resolve("inner"));
    try (Git git = Git.init().setDirectory(inner.toFile()).call()) {
      Files.writeString(inner.resolve(".gitattributes"), "*.txt filter=own\n");
      Files.writeString(inner.resolve("a.txt"), "1");
      git.add().addFilepattern(".").call();
      git.commit().setMessage("Inner").setSign(false).call();
    }
    Files.writeString(
        project.resolve(".gitmodules"), "[submodule \"inner\"]\n\tpath = inner\n\turl = ./inner\n");
    run("{}");
    configureFilter(inner);
    Files.writeString(inner.resolve("a.txt"), "2");

    assertThat(run("{}").path("changed").asBoolean()).isFalse();

    assertThat(trace()).doesNotExist();
  }

  @Test
  void whatADeadExecutorLeftLockedIsCleared() throws Exception {
    run("{}");
    Path left = project.resolve(".git/index.lock");
    Files.writeString(left, "");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(60)));
    Files.writeString(
        project.resolve(RepositoryLock.FILE), Instant.now().minusSeconds(61).toString());
    Files.writeString(project.resolve("a.txt"), "1");

    assertThat(run("{}").path("changed").asBoolean()).isTrue();

    assertThat(left).doesNotExist();
    assertThat(project.resolve(RepositoryLock.FILE)).isEmptyFile();
  }

  @Test
  void aRepositoryThatADeadExecutorBeganToMakeIsFinished() throws Exception {
    Files.createDirectories(project.resolve(".git/refs"));
    Files.createDirectories(project.resolve(RepositoryLock.FILE).getParent());
    Files.writeString(project.resolve(RepositoryLock.FILE), Instant.now().toString());
    Files.writeString(project.resolve("a.txt"), "1");

    assertThat(run("{}").path("changed").asBoolean()).isTrue();
  }

  @Test
  void aLockThatNoDeadExecutorCanHaveLeftIsKept() throws Exception {
    run("{}");
    Path lock = project.resolve(".git/index.lock");
    Files.writeString(lock, "");
    Files.writeString(project.resolve("a.txt"), "1");

    assertThatThrownBy(() -> run("{}")).hasStackTraceContaining("index.lock");

    assertThat(lock).exists();
  }

  /** What a program of the project leaves behind when it is run. */
  private Path trace() {
    return elsewhere.resolve("trace");
  }

  private void configureFilter(Path repository) throws Exception {
    try (Git git = Git.open(repository.toFile())) {
      StoredConfig config = git.getRepository().getConfig();
      for (String direction : List.of("clean", "smudge")) {
        config.setString("filter", "own", direction, "touch " + trace() + "; echo filtered");
      }
      config.save();
    }
  }

  private JsonNode run(String inputs) throws Exception {
    NodeResult result = runner.run(RunnerAttempt.in(project, inputs));
    assertThat(result).isInstanceOf(NodeResult.Completed.class);
    JsonNode output = ((NodeResult.Completed) result).output();
    assertThat(output).isNotNull();
    return output;
  }

  private static void writeAndDelete(Path file) {
    try {
      Files.writeString(file, "x");
      LockSupport.parkNanos(2_000_000);
      Files.delete(file);
      LockSupport.parkNanos(2_000_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
