package dev.anton.executor.job;

import dev.anton.schemas.json.WireJson;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Counts the bytes of a value as JSON without keeping them: a plugin may put the same large part
 * into a value a thousand times.
 */
final class JsonSize {

  private JsonSize() {}

  /**
   * @return something larger than the bound, if the value is
   * @throws JacksonException if the value cannot be written
   */
  static int upTo(int bound, JsonNode value) {
    Counter counter = new Counter(bound);
    try {
      WireJson.mapper().writeValue(counter, value);
    } catch (BoundExceededException e) {
      return bound + 1;
    }
    return counter.count;
  }

  private static final class Counter extends OutputStream {

    private final int bound;
    private int count;

    Counter(int bound) {
      this.bound = bound;
    }

    @Override
    public void write(int b) {
      add(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      add(length);
    }

    private void add(int more) {
      if (more > bound - count) {
        throw new BoundExceededException();
      }
      count += more;
    }
  }

  private static final class BoundExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BoundExceededException() {
      super(null, null, false, false);
    }
  }
}
