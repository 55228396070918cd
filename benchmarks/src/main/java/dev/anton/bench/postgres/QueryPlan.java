package dev.anton.bench.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What PostgreSQL said of one query.
 *
 * @param text the plan as {@code explain (analyze, buffers)} writes it
 */
public record QueryPlan(String sql, String text) {

  private static final Pattern INDEX =
      Pattern.compile("Index (?:Only )?Scan(?: Backward)? using (\\w+)|Index Scan on (\\w+)");
  private static final Pattern SEQUENTIAL =
      Pattern.compile("Seq Scan on (\\w+).*\\(actual [^)]*rows=(?!0)[^)]*loops=");
  private static final Pattern BUFFERS = Pattern.compile("Buffers: shared(.*)");
  private static final Pattern COUNT = Pattern.compile("(?:hit|read)=(\\d+)");
  private static final Pattern IN_VAIN =
      Pattern.compile("Rows Removed by (?:Filter|Index Recheck): (\\d+)");

  static QueryPlan read(String sql, ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    while (rows.next()) {
      text.append(rows.getString(1)).append('\n');
    }
    return new QueryPlan(sql, text.toString());
  }

  public double planningMillis() {
    return number(Pattern.compile("Planning Time: ([\\d.]+) ms"));
  }

  public double executionMillis() {
    return number(Pattern.compile("Execution Time: ([\\d.]+) ms"));
  }

  /** Pages that were touched, from the cache or not, 8 KiB each. */
  public long pages() {
    return BUFFERS
        .matcher(text)
        .results()
        .findFirst() // of the root, which counts those of all below it
        .map(root -> COUNT.matcher(root.group(1)).results().mapToLong(QueryPlan::first).sum())
        .orElse(0L);
  }

  /** Rows that were read and were none of those asked for. */
  public long readInVain() {
    return IN_VAIN.matcher(text).results().mapToLong(QueryPlan::first).sum();
  }

  /**
   * What was scanned: indexes, and tables read from end to end.
   *
   * @param parents by a partition's index, the index that it is part of
   */
  public SortedSet<String> scanned(Map<String, String> parents) {
    SortedSet<String> names = new TreeSet<>();
    INDEX
        .matcher(text)
        .results()
        .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
        .forEach(name -> names.add(parents.getOrDefault(name, name)));
    SEQUENTIAL.matcher(text).results().forEach(it -> names.add("**all of " + it.group(1) + "**"));
    return names;
  }

  private static long first(MatchResult result) {
    return Long.parseLong(result.group(1));
  }

  private double number(Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map(it -> Double.parseDouble(it.group(1)))
        .orElse(0.0);
  }
}
