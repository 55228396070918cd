package dev.anton.bench.report;

import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of one run: printed as a table, kept as JSON. */
public final class Report {

  private record Row(String name, String value, String floor, String aim) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Object> numbers = new LinkedHashMap<>();

  /** A figure that is to be reached. */
  public void row(String name, String value, String floor, String aim) {
    rows.add(new Row(name, value, floor, aim));
  }

  /** A figure for comparison. */
  public void row(String name, String value) {
    row(name, value, "", "");
  }

  /** Goes into the JSON. */
  public void number(String name, Object value) {
    numbers.put(name, value);
  }

  /** A Markdown table, so that it can go into a document as it is. */
  public void print(PrintWriter out) {
    out.println("| | measured | floor | aim |");
    out.println("|---|---|---|---|");
    rows.forEach(
        row -> out.printf("| %s | %s | %s | %s |%n", row.name, row.value, row.floor, row.aim));
    out.flush();
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file, WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(numbers));
  }
}
