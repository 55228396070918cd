package dev.anton.plugin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a run of a plugin counts. Safe for use by several threads. The bounds keep the metrics of a
 * job's 100 plugins within the 256 KiB of one event: 100 x 20 x (32 + 64 + 6) is 200 KiB.
 */
public final class PluginMetrics {

  /** Metrics of a plugin's own, beside {@code processedItems} and {@code duration}. */
  public static final int MAX_OWN = 20;

  /** Longest text as a metric's value, in characters. */
  public static final int MAX_TEXT = 64;

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,31}");
  private static final Pattern TEXT = Pattern.compile("[ -!#-\\[\\]-~]{0," + MAX_TEXT + "}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AtomicLong processedItems = new AtomicLong();
  private final Map<String, JsonNode> own = new LinkedHashMap<>();

  /**
   * Adds to {@code processedItems}.
   *
   * @throws IllegalArgumentException if negative
   */
  public void processed(long items) {
    if (items < 0) {
      throw new IllegalArgumentException("A number of processed items is not negative: " + items);
    }
    processedItems.addAndGet(items);
  }

  /**
   * Sets a metric of the plugin's own; the last value of a name counts.
   *
   * @param name camelCase, at most 32 letters and digits, neither {@code processedItems} nor {@code
   *     duration}
   * @throws IllegalArgumentException for another name
   * @throws IllegalStateException if there are {@value #MAX_OWN} others already
   */
  public void set(String name, long value) {
    put(name, NODES.numberNode(value));
  }

  /**
   * As {@link #set(String, long)}.
   *
   * @param value finite
   */
  public void set(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("The metric " + name + " is not finite: JSON has no such");
    }
    put(name, NODES.numberNode(value));
  }

  /**
   * As {@link #set(String, long)}.
   *
   * @param value at most {@value #MAX_TEXT} printable ASCII characters, no quote or backslash
   */
  public void set(String name, String value) {
    if (!TEXT.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "The metric " + name + " is longer than " + MAX_TEXT + " plain characters");
    }
    put(name, NODES.stringNode(value));
  }

  /** How many items were processed so far. */
  public long processedItems() {
    return processedItems.get();
  }

  /** The plugin's own metrics as they stand now, in the order in which they were first set. */
  public Map<String, JsonNode> own() {
    synchronized (own) {
      return new LinkedHashMap<>(own);
    }
  }

  private void put(String name, JsonNode value) {
    if (!NAME.matcher(name).matches() || name.equals("processedItems") || name.equals("duration")) {
      throw new IllegalArgumentException(
          "A metric's name is camelCase, at most 32 characters, and not taken: " + name);
    }
    synchronized (own) {
      if (own.size() == MAX_OWN && !own.containsKey(name)) {
        throw new IllegalStateException("A plugin has at most " + MAX_OWN + " metrics of its own");
      }
      own.put(name, value);
    }
  }
}
