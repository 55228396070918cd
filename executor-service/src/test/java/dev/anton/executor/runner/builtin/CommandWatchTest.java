package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.runner.builtin.CommandSettings.Limits;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CommandWatchTest {

  @TempDir Path folder;

  /** A file system that is closed fails each look, at its last step. */
  @Test
  void aLookThatFailsLeavesTheOtherLimitsInForce() throws Exception {
    Path project;
    try (FileSystem archive =
        FileSystems.newFileSystem(
            URI.create("jar:" + folder.resolve("project.zip").toUri()), Map.of("create", "true"))) {
      project = archive.getPath("/project");
    }
    Limits limits = CommandSettings.of(Map.of("max-cpu-seconds", "1")).limits();
    Process process = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
    try {
      ProcessTree tree = new ProcessTree(process, false, "ANTON_COMMAND=not-there");
      CommandWatch watch = CommandWatch.start(tree, limits, project, process.pid());
      try (watch) {
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }

      assertThat(watch.exceeded())
          .hasValueSatisfying(why -> assertThat(why).contains("1 s of CPU"));
    } finally {
      process.destroyForcibly();
    }
  }
}
