package dev.anton.executor.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.executor.log.LogFollower;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Puts a growing log into an answer: as text, or as server-sent events. */
abstract class LogSink implements LogFollower.Sink {

  final OutputStream out;

  LogSink(OutputStream out) {
    this.out = out;
  }

  /** The node has ended. */
  abstract void end(String state) throws IOException;

  /** The bytes as they are. */
  static final class Text extends LogSink {

    Text(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int length, long from) throws IOException {
      out.write(bytes, 0, length);
      out.flush();
    }

    @Override
    public void idle() {
      // Nothing can be put into a text that is not part of it.
    }

    @Override
    void end(String state) {
      // The end of the answer says so.
    }
  }

  /** An event per line, its id the offset after it, so that a client can go on from there. */
  static final class Events extends LogSink {

    private static final long BEAT = Duration.ofSeconds(15).toNanos();

    /** Lines in the file are shorter; a bound all the same. */
    private static final int MAX_LINE = 64 << 10;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long writtenAt = System.nanoTime();

    Events(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int length, long from) throws IOException {
      for (int i = 0; i < length; i++) {
        if (bytes[i] != '\n' && bytes[i] != '\r') { // either ends a line in an event stream
          line.write(bytes[i]);
        }
        if (bytes[i] == '\n' || line.size() == MAX_LINE) {
          event(from + i + 1);
        }
      }
      flush();
    }

    @Override
    public void idle() throws IOException {
      if (System.nanoTime() - writtenAt > BEAT) {
        out.write(": still here\n\n".getBytes(UTF_8));
        flush();
      }
    }

    @Override
    void end(String state) throws IOException {
      out.write(("event: end\ndata: {\"state\":\"" + state + "\"}\n\n").getBytes(UTF_8));
      flush();
    }

    private void event(long offset) throws IOException {
      out.write(("id: " + offset + "\ndata: ").getBytes(UTF_8));
      line.writeTo(out);
      out.write("\n\n".getBytes(UTF_8));
      line.reset();
    }

    private void flush() throws IOException {
      out.flush();
      writtenAt = System.nanoTime();
    }
  }
}
