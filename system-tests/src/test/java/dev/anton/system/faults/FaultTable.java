package dev.anton.system.faults;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The reports in a folder as one table in Markdown, beside them. */
final class FaultTable {

  private static final Logger log = LoggerFactory.getLogger(FaultTable.class);

  private static final String HEAD =
      """
      | fault | published | received | duplicates | unwritten | unexpected | dead | lost | recovered | p99 before | p99 during | rate before | rate during |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private FaultTable() {}

  /** Writes it anew, in the order of the names. */
  static void write(Path folder, List<String> names) throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    for (FaultReport report : reports(folder, names)) {
      table.append(row(report)).append('\n');
    }
    Files.writeString(folder.resolve("table.md"), table);
  }

  private static List<FaultReport> reports(Path folder, List<String> names) throws IOException {
    List<FaultReport> reports = new ArrayList<>();
    for (String name : names) {
      Path file = folder.resolve(name + ".json");
      if (Files.exists(file)) {
        try {
          reports.add(WireJson.mapper().readValue(Files.readAllBytes(file), FaultReport.class));
        } catch (JacksonException e) {
          log.warn("{} was written by an older version and is left out", file, e);
        }
      }
    }
    return reports;
  }

  private static String row(FaultReport report) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %.1f s | %,.0f ms | %,.0f ms | %,.0f/s |"
            + " %,.0f/s |",
        report.fault(),
        report.published(),
        report.received(),
        report.duplicates(),
        report.unwritten(),
        report.unexpected(),
        report.dead(),
        report.lost(),
        report.secondsToRecover(),
        report.p99MillisBefore(),
        report.p99MillisDuring(),
        report.healthyPerSecondBefore(),
        report.healthyPerSecondDuring());
  }
}
