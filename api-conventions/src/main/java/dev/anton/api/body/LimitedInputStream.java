package dev.anton.api.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Passes a body through and fails at the first byte beyond the limit. */
final class LimitedInputStream extends ServletInputStream {

  private final ServletInputStream body;
  private final long limit;
  private long count;

  LimitedInputStream(ServletInputStream body, long limit) {
    this.body = body;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = body.read();
    if (value >= 0) {
      add(1);
    }
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = body.read(target, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }

  private void add(int bytes) throws BodyTooLargeException {
    count += bytes;
    if (count > limit) {
      throw new BodyTooLargeException(limit);
    }
  }
}
