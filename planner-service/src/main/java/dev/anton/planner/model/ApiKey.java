package dev.anton.planner.model;

/**
 * A secret. It is never shown: not in a log, not by whatever prints the configuration.
 *
 * @param value empty where the provider asks for none
 */
public record ApiKey(String value) {

  static final ApiKey NONE = new ApiKey("");

  /** For the configuration. */
  public static ApiKey valueOf(String value) {
    return new ApiKey(value.strip());
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "none" : "***";
  }
}
