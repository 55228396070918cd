package dev.anton.stack.postgres;

import dev.anton.stack.process.LogTail;
import dev.anton.stack.process.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** The files of a cluster before its first start. */
final class ClusterFiles {

  private ClusterFiles() {}

  /** Makes a new, empty cluster. What a start that was cut off here left behind is made anew. */
  static void initialize(PostgresPrograms programs, PostgresSettings settings) throws IOException {
    Path cluster = settings.cluster();
    Path unfinished = cluster.resolveSibling("cluster.new");
    FileUtils.deleteDirectory(unfinished.toFile());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + unfinished,
                "--username=postgres",
                "--auth=trust", // access rules are written before the server listens
                "--encoding=UTF8",
                "--locale=C", // the same order on every machine
                "--data-checksums"));
    if (settings.durability() == PostgresSettings.Durability.FAST) {
      arguments.add("--no-sync");
    }
    Process initdb =
        new ProcessBuilder(programs.command("initdb", arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
            .start();
    try {
      if (initdb.waitFor() != 0) {
        throw new StartException(
            "PostgreSQL could not lay out its files: %s (log: %s)"
                .formatted(LogTail.lastTelling(settings.log()), settings.log()));
      }
    } catch (InterruptedException e) {
      initdb.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while PostgreSQL laid out its files.", e);
    }
    Files.move(unfinished, cluster);
  }
}
