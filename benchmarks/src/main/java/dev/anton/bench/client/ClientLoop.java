package dev.anton.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does nothing but post to the sink, in a process of its own with the dispatcher's JVM settings:
 * what an HTTP client can do here at best.
 *
 * <p>Arguments: the mode, the sink's port, the number of endpoints, posts in flight, seconds.
 */
public final class ClientLoop {

  private static final int BODY_BYTES = 1100;

  private ClientLoop() {}

  public static void main(String[] arguments) throws InterruptedException {
    ClientMode mode = ClientMode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int port = Integer.parseInt(arguments[1]);
    int endpoints = Integer.parseInt(arguments[2]);
    int inFlight = Integer.parseInt(arguments[3]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[4]));
    byte[] body = "x".repeat(BODY_BYTES).getBytes(US_ASCII);
    Semaphore room = new Semaphore(inFlight);
    try (Poster poster = Poster.of(mode, inFlight)) {
      long end = System.nanoTime() + time.toNanos();
      for (int next = 0; System.nanoTime() < end; next = (next + 1) % endpoints) {
        room.acquire();
        poster.post("http://127.0.0.1:" + port + "/e/" + next, body, room::release);
      }
      if (!room.tryAcquire(inFlight, 10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Some posts were never answered");
      }
    }
  }
}
