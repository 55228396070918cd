package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class CommandOutputTest {

  /** Its thread goes on while a process that cannot be ended holds the pipe. */
  @Test
  void theLastLinesCanBeAskedForWhileTheyAreRead() throws Exception {
    byte[] lines = "a line\n".repeat(500_000).getBytes(UTF_8);
    CommandOutput output =
        new CommandOutput(new ByteArrayInputStream(lines), _ -> {}, Long.MAX_VALUE, () -> {});
    Thread reader = Thread.ofPlatform().start(output);

    while (reader.isAlive()) {
      assertThat(output.lastLines()).hasSizeLessThanOrEqualTo(20).allMatch("a line"::equals);
    }
    reader.join();

    assertThat(output.lastLines()).hasSize(20);
  }
}
