package dev.anton.outgoing;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which statuses are a success.
 *
 * @param statuses empty for any from 200 to 299
 */
public record ExpectedStatus(Set<Integer> statuses) {

  private static final String FORM =
      "expectedStatus is a status from 100 to 599, or a list of such";

  public ExpectedStatus {
    statuses = Set.copyOf(statuses);
  }

  static ExpectedStatus read(JsonNode json) throws IllegalCallException {
    if (json.isMissingNode()) {
      return new ExpectedStatus(Set.of());
    }
    return new ExpectedStatus(statuses(json, FORM));
  }

  /**
   * Reads one status or a list of them.
   *
   * @throws IllegalCallException with {@code form} as its reason
   */
  static Set<Integer> statuses(JsonNode json, String form) throws IllegalCallException {
    Set<Integer> statuses = new HashSet<>();
    for (JsonNode status : json.isArray() ? json : JsonNodeFactory.instance.arrayNode().add(json)) {
      if (!status.isInt() || status.intValue() < 100 || status.intValue() > 599) {
        throw new IllegalCallException(form);
      }
      statuses.add(status.intValue());
    }
    if (statuses.isEmpty()) {
      throw new IllegalCallException(form);
    }
    return statuses;
  }

  public boolean accepts(int status) {
    return statuses.isEmpty() ? status >= 200 && status < 300 : statuses.contains(status);
  }
}
