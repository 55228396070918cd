package dev.anton.dispatcher.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes to one client, at once what there is and a comment when there is nothing for a while. */
final class StreamWriter {

  private static final Frame HEARTBEAT = Frame.comment("still here");

  private final OutputStream out;
  private final Duration heartbeat;
  private long written = System.nanoTime();

  StreamWriter(OutputStream out, Duration heartbeat) {
    this.out = out;
    this.heartbeat = heartbeat;
  }

  void write(Frame frame) throws IOException {
    out.write(frame.bytes());
    out.flush();
    written = System.nanoTime();
  }

  /** Writes a comment if nothing was written for a while; a client that left is noticed by it. */
  void beat() throws IOException {
    if (System.nanoTime() - written >= heartbeat.toNanos()) {
      write(HEARTBEAT);
    }
  }

  /** Writes until the stream's last frame. */
  void writeAll(EventStream stream) throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended) {
      Frame frame = stream.next(heartbeat);
      if (frame == null) {
        beat();
      } else {
        write(frame);
        ended = frame.last();
      }
    }
  }
}
