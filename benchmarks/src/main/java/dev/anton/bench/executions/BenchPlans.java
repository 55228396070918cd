package dev.anton.bench.executions;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The requests that are sent. */
final class BenchPlans {

  /** Two nodes that do nothing, one after the other. */
  static final byte[] TWO_NODES =
      """
      {"plan": {"projectName": "bench", "nodes": [
        {"id": "first", "runner": "noop"},
        {"id": "second", "runner": "noop", "dependencies": ["first"]}]}}
      """
          .getBytes(UTF_8);

  /** One node that takes long. */
  static final byte[] SLEEPER =
      """
      {"plan": {"projectName": "bench", "nodes": [{"id": "only", "runner": "command",
        "inputs": {"command": ["python3", "-c", "import time; time.sleep(120)"]}}]}}
      """
          .getBytes(UTF_8);

  /** One node that fails and is tried again much later. */
  static final byte[] FAILING =
      """
      {"plan": {"projectName": "bench", "nodes": [{"id": "only", "runner": "command",
        "inputs": {"command": ["false"]}, "retry": {"maxAttempts": 5, "initialDelay": "5m"}}]}}
      """
          .getBytes(UTF_8);

  private BenchPlans() {}

  /** Chains beside each other, all of the same length. */
  static byte[] chains(int width, int length) {
    StringBuilder plan = new StringBuilder("{\"config\":{\"maxConcurrency\":" + width + "},");
    plan.append("\"plan\":{\"projectName\":\"bench\",\"nodes\":[");
    for (int layer = 0; layer < length; layer++) {
      for (int chain = 0; chain < width; chain++) {
        plan.append(layer + chain == 0 ? "" : ",")
            .append("{\"id\":\"n%d-%d\",\"runner\":\"noop\"".formatted(layer, chain));
        if (layer > 0) {
          plan.append(",\"dependencies\":[\"n%d-%d\"]".formatted(layer - 1, chain));
        }
        plan.append('}');
      }
    }
    return plan.append("]}}").toString().getBytes(UTF_8);
  }
}
