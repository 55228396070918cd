package dev.anton.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {

  @TempDir Path folder;

  @Test
  void keepsTwoOlderFilesAndLetsTheWriterGoOn() throws IOException {
    Path log = folder.resolve("service.log");
    try (var writer =
        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line : new String[] {"first line", "second line", "third line", "fourth line"}) {
        writer.write(line);
        writer.flush();
        LogRotation.rotate(log, 5);
      }
      LogRotation.rotate(log, 5);
      writer.write("new");
    }

    assertThat(log).hasContent("new");
    assertThat(folder.resolve("service.log.1")).hasContent("fourth line");
    assertThat(folder.resolve("service.log.2")).hasContent("third line");
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("service.log"));
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void leavesASmallLogAlone() throws IOException {
    Path log = Files.writeString(folder.resolve("service.log"), "small");

    LogRotation.rotate(log, 5);

    assertThat(log).hasContent("small");
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
