package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryLockTest {

  /** Another executor: it locks the file that is named, says so, and lets go when it is told. */
  private static final String OTHER =
      """
      import fcntl, sys
      file = open(sys.argv[1], 'r+')
      fcntl.lockf(file, fcntl.LOCK_EX)
      print('locked', flush=True)
      sys.stdin.readline()
      """;

  @TempDir Path project;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = project.resolve(RepositoryLock.FILE);
  }

  @Test
  void itsFileSaysSinceWhenSomebodyIsAtWorkAndIsEmptyAfterwards() throws Exception {
    try (RepositoryLock _ = take()) {
      assertThat(Instant.parse(Files.readString(file))).isBeforeOrEqualTo(Instant.now());
    }

    assertThat(file).isEmptyFile();
  }

  @Test
  void whoIsInterruptedLeavesNoSignOfHavingDiedAtWork() throws Exception {
    RepositoryLock lock = take();
    Thread.currentThread().interrupt();

    lock.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).isEmptyFile();
  }

  @Test
  void whoCannotHaveItLeavesItToOthers() throws Exception {
    Path git = project.resolve(".git");
    Files.writeString(git, "gitdir: elsewhere");
    assertThatThrownBy(this::take).isInstanceOf(IOException.class);
    Files.delete(git);

    // Another thread: the one that failed could enter its own lock again.
    CompletableFuture<String> next = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> takeAndRead(next));

    assertThat(next.get(10, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void aFileThatWasReplacedWhileItWasWaitedForIsNotTheLock() throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    Process other =
        new ProcessBuilder("python3", "-c", OTHER, file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("locked");
      CompletableFuture<String> next = new CompletableFuture<>();
      Thread waiting = Thread.ofPlatform().start(() -> takeAndRead(next));
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

      Files.delete(file);
      Files.createFile(file);
      other.getOutputStream().close();

      assertThat(next.get(10, TimeUnit.SECONDS)).isNotEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  /** What the file says while the lock is held. */
  private void takeAndRead(CompletableFuture<String> content) {
    try (RepositoryLock _ = take()) {
      content.complete(Files.readString(file));
    } catch (IOException | InterruptedException e) {
      content.completeExceptionally(e);
    }
  }

  private RepositoryLock take() throws IOException, InterruptedException {
    return RepositoryLock.take(project, _ -> {});
  }
}
