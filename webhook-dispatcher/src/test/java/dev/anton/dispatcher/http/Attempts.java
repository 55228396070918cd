package dev.anton.dispatcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Posts a small body and gives what came of it. */
final class Attempts {

  /** So short that a test can wait for a deadline. */
  static final HttpLimits LIMITS =
      new HttpLimits(
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          65_536,
          2_048,
          64,
          Duration.ofSeconds(30));

  private Attempts() {}

  static Outcome post(WebhookClient client, URI url) {
    return start(client, url).orTimeout(20, TimeUnit.SECONDS).join();
  }

  static CompletableFuture<Outcome> start(WebhookClient client, URI url) {
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    client.send(
        new WebhookRequest(url, Map.of("Authorization", "Bearer t"), "{}".getBytes(UTF_8)),
        new ExchangeListener() {
          @Override
          public void slow() {}

          @Override
          public void ended(Outcome outcome, Duration duration) {
            if (!ended.complete(outcome)) {
              throw new AssertionError("A second outcome");
            }
          }
        });
    return ended;
  }
}
