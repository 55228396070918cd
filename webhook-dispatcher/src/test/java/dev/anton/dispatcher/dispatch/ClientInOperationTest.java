package dev.anton.dispatcher.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.http.ExchangeListener;
import dev.anton.dispatcher.http.HttpLimits;
import dev.anton.dispatcher.http.WebhookClient;
import dev.anton.dispatcher.http.WebhookRequest;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** What operators see of the HTTP client. */
class ClientInOperationTest {

  private static final HttpLimits LIMITS =
      new HttpLimits(
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          65_536,
          2_048,
          64,
          Duration.ofSeconds(30));
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8");

  private final TestReceiver receiver = new TestReceiver();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void readinessIsDownWhileAnEventLoopIsDeadAndNotReplaced() {
    try (WebhookClient client = client(EgressProperties.direct(LOOPBACK, false))) {
      HttpHealthIndicator health = new HttpHealthIndicator(client);
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      assertThat(counted("anton.http.client.replaced")).isZero();

      killLoop(client);
      await().until(() -> counted("anton.http.client.replaced") == 1);
      killLoop(client); // the next replacement has to wait

      await().until(() -> health.health().getStatus().equals(Status.DOWN));
      assertThat(health.health().getDetails().get("reason"))
          .isEqualTo("an event loop died and is not replaced yet");
      await().until(() -> health.health().getStatus().equals(Status.UP));
      assertThat(counted("anton.http.client.replaced")).isEqualTo(2);
      assertThat(counted("anton.http.proxy.failures")).isZero();
    }
  }

  @Test
  void whatFailsAtTheProxyIsCounted() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    EgressProperties.Proxy proxy = new EgressProperties.Proxy("127.0.0.1", closed, null, null);
    try (WebhookClient client = client(new EgressProperties(LOOPBACK, false, proxy, null))) {
      CompletableFuture<Outcome> ended = new CompletableFuture<>();

      client.send(request(receiver.url("/")), listener(ended::complete));

      assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join())
          .isEqualTo(new Outcome.ConnectionFailed("The proxy could not be connected to"));
      assertThat(counted("anton.http.proxy.failures")).isEqualTo(1);
      assertThat(receiver.requests("/")).isEmpty();
    }
  }

  private WebhookClient client(EgressProperties egress) {
    return new DispatchConfiguration()
        .webhookClient(
            LIMITS,
            egress,
            new VettedResolver(new AddressPolicy(LOOPBACK)),
            new DefaultSslBundleRegistry(),
            meters);
  }

  private double counted(String name) {
    return meters.get(name).functionCounter().count();
  }

  /** As memory that ran out, or a stack that overflowed, would. */
  private void killLoop(WebhookClient client) {
    client.send(
        request(receiver.url("/")),
        listener(
            _ -> {
              throw new StackOverflowError("made by a test");
            }));
  }

  private static WebhookRequest request(URI url) {
    return new WebhookRequest(url, Map.of(), "{}".getBytes(UTF_8));
  }

  private static ExchangeListener listener(Consumer<Outcome> ended) {
    return new ExchangeListener() {
      @Override
      public void slow() {}

      @Override
      public void ended(Outcome outcome, Duration duration) {
        ended.accept(outcome);
      }
    };
  }
}
