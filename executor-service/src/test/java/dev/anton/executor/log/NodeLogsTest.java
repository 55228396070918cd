package dev.anton.executor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void attemptsFollowEachOtherAndCanBeReadWhileTheyGrow() {
    Path file = folder.resolve("deep/node.log");
    try (FileNodeLog first = new FileNodeLog(file, 1, CLOCK)) {
      first.line("one");
    }
    FileNodeLog second = new FileNodeLog(file, 2, CLOCK);
    second.line("two");

    assertThat(file)
        .hasContent(
            """
            --- attempt 1, 2026-11-22T10:00:00.000Z
            one
            --- attempt 2, 2026-11-22T10:00:00.000Z
            two
            """);
    second.close();
  }

  @Test
  void whoFollowsIsToldWhetherTheNodeHasEnded() throws Exception {
    Path file = folder.resolve("node.log");
    LogFollower.Sink nowhere =
        new LogFollower.Sink() {
          @Override
          public void write(byte[] bytes, int length, long from) {}

          @Override
          public void idle() {}
        };

    assertThat(new LogFollower(file, 0).follow(() -> true, Duration.ofMinutes(1), nowhere))
        .isTrue();
    assertThat(new LogFollower(file, 0).follow(() -> false, Duration.ZERO, nowhere)).isFalse();
  }

  @Test
  void whatSaysNothingHasNoFile() {
    Path file = folder.resolve("node.log");

    new FileNodeLog(file, 1, CLOCK).close();

    assertThat(file).doesNotExist();
  }

  @Test
  void itIsBoundedAndSaysSo() throws Exception {
    Path file = folder.resolve("node.log");
    try (FileNodeLog log = new FileNodeLog(file, 1, CLOCK)) {
      for (int i = 0; i < 300; i++) {
        log.line("x".repeat(20_000));
      }
    }

    assertThat(Files.size(file)).isLessThan(FileNodeLog.MAX_BYTES + 1_000);
    assertThat(Files.readAllLines(file)).last().asString().contains("the rest is left out");
    assertThat(Files.readAllLines(file).get(1)).hasSize(FileNodeLog.MAX_LINE_CHARACTERS + 1);
  }
}
