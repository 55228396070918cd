package dev.anton.dispatcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.receiver.Answer;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookClientTest {

  private static final HttpLimits LIMITS =
      new HttpLimits(
          Duration.ofMillis(600),
          Duration.ofMillis(100),
          Duration.ofMillis(400),
          65_536,
          2_048,
          64,
          Duration.ofSeconds(30));

  private final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private final VettedResolver resolver =
      new VettedResolver(
          new AddressPolicy(List.of("127.0.0.0/8", "::1/128")),
          host -> {
            lookups.incrementAndGet();
            InetAddress[] known = names.get(host);
            if (known == null) {
              throw new UnknownHostException(host);
            }
            return known;
          });
  private final WebhookClient client =
      new WebhookClient(LIMITS, EgressProperties.direct(List.of(), false), resolver);
  private final TestReceiver receiver = new TestReceiver();

  WebhookClientTest() throws UnknownHostException {
    names.put("127.0.0.1", InetAddress.getAllByName("127.0.0.1"));
  }

  @AfterEach
  void close() {
    client.close();
    receiver.close();
  }

  @Test
  void sendsTheBytesAndHeadersItWasGivenAndNothingOfItsOwn() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Custom", "a b");
    headers.put("User-Agent", "Test");

    Outcome outcome = send(receiver.url("/a?b=c%20d"), headers).outcome();

    assertThat(outcome).isEqualTo(new Outcome.Delivered(200, "ok"));
    var request = receiver.requests("/a?b=c%20d").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.text()).isEqualTo("{\"ä\":1}");
    assertThat(request.headers().keySet())
        .containsExactlyInAnyOrder(
            "host", "connection", "content-type", "content-length", "x-custom", "user-agent");
  }

  @Test
  void usesItsConnectionsAgain() {
    for (int i = 0; i < 5; i++) {
      send("/");
    }

    // The answer is there a moment before its connection is.
    assertThat(receiver.connections()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsARefusalAndNotFollowed(int status) {
    receiver.answer(
        "/", Answer.status(status, "Location: " + receiver.url("/elsewhere") + "\r\n", ""));

    assertThat(send("/")).isEqualTo(new Outcome.Refused(status, null, null));
    assertThat(receiver.requests("/elsewhere")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 429, 500, 503})
  void anythingElseThanSuccessIsARefusalAndNotRepeated(int status) {
    receiver.answer("/", Answer.status(status, "Retry-After: 7\r\n", "no"));

    assertThat(send("/")).isEqualTo(new Outcome.Refused(status, Duration.ofSeconds(7), "no"));
    assertThat(receiver.requests("/")).hasSize(1);
  }

  @Test
  void saysWhenAnAnswerIsSlowAndStillTakesIt() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    receiver.answer("/", Answer.after(told, Answer.ok()));

    CompletableFuture<Ended> ended = new CompletableFuture<>();
    client.send(
        request(receiver.url("/"), Map.of()),
        new ExchangeListener() {
          @Override
          public void slow() {
            told.countDown();
          }

          @Override
          public void ended(Outcome outcome, Duration duration) {
            ended.complete(new Ended(outcome, duration));
          }
        });

    assertThat(ended.join().outcome()).isEqualTo(new Outcome.Delivered(200, "ok"));
    assertThat(ended.join().duration()).isGreaterThanOrEqualTo(LIMITS.slowAfter());
  }

  @Test
  void anEndpointThatNeverAnswersTimesOutAndItsConnectionIsClosed() {
    receiver.answer("/", Answer.hang());

    Ended ended = send(receiver.url("/"), Map.of());

    assertThat(ended.outcome()).isEqualTo(new Outcome.TimedOut(LIMITS.deadline()));
    await().until(() -> client.openConnections() == 0);
  }

  @Test
  void theDeadlineIsForTheWholeExchangeHoweverBusyItIs() {
    receiver.answer("/", Answer.drip(Duration.ofMillis(20)));

    assertThat(send("/")).isEqualTo(new Outcome.TimedOut(LIMITS.deadline()));
    await().until(() -> receiver.openConnections() == 0);
  }

  @Test
  void aLargeAnswerIsReadAsFarAsItsBoundOnly() {
    receiver.answer("/", Answer.large(10 * 1024 * 1024));

    Outcome outcome = send("/");

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(outcome.answer()).hasSize(LIMITS.keptAnswerBytes()).matches("x+");
    await().until(() -> receiver.openConnections() == 0);
  }

  @Test
  void aConnectionThatBreaksIsAFailure() {
    receiver.answer("/", Answer.reset());

    assertThat(send("/")).isInstanceOf(Outcome.ConnectionFailed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        ""
      })
  void whatIsNoCompleteHttpIsAFailure(String bytes) {
    receiver.answer("/", Answer.raw(bytes));

    assertThat(send("/")).isInstanceOf(Outcome.ConnectionFailed.class);
  }

  @Test
  void anEndpointThatClosesIdleConnectionsIsConnectedToAnew() {
    receiver.answer(
        "/",
        socket -> {
          Answer.ok().give(socket);
          return false;
        });

    assertThat(send("/")).isInstanceOf(Outcome.Delivered.class);
    await().until(() -> receiver.openConnections() == 0);
    await().until(() -> send("/") instanceof Outcome.Delivered);
  }

  @Test
  void nobodyListensIsAFailureWithASentence() throws IOException {
    try (Socket silent = new Socket()) { // It keeps its port, so that nobody else listens there.
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThat(send(url, Map.of()).outcome())
          .isEqualTo(new Outcome.ConnectionFailed("The endpoint refused the connection"));
    }
  }

  @Test
  void anAddressThatMayNotBeReachedIsNotConnectedTo() throws UnknownHostException {
    names.put(
        "inside.example",
        new InetAddress[] {InetAddress.getByAddress("inside.example", new byte[] {10, 0, 0, 1})});

    assertThat(send(URI.create("http://inside.example/"), Map.of()).outcome())
        .isEqualTo(
            new Outcome.AddressRefused(
                "The host inside.example is a private address, which may not be reached from"
                    + " here"));
  }

  @Test
  void aNameIsLookedUpOnceForAWhileAndOnlyVettedAddressesAreConnectedTo()
      throws UnknownHostException {
    names.put("hook.example", InetAddress.getAllByName("127.0.0.1"));
    URI url = URI.create("http://hook.example:" + receiver.url("/").getPort() + "/");

    for (int i = 0; i < 10; i++) {
      assertThat(send(url, Map.of()).outcome()).isInstanceOf(Outcome.Delivered.class);
    }

    assertThat(lookups).hasValue(1);
    assertThat(receiver.requests("/").getFirst().header("Host"))
        .contains("hook.example:" + url.getPort());
  }

  @Test
  void anUnknownNameIsAFailureWithASentence() {
    assertThat(send(URI.create("http://nowhere.example/"), Map.of()).outcome())
        .isEqualTo(new Outcome.ConnectionFailed("The endpoint's name could not be resolved"));
  }

  private record Ended(Outcome outcome, Duration duration) {}

  private Outcome send(String path) {
    return send(receiver.url(path), Map.of()).outcome();
  }

  private Ended send(URI url, Map<String, String> headers) {
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    client.send(
        request(url, headers),
        new ExchangeListener() {
          @Override
          public void slow() {}

          @Override
          public void ended(Outcome outcome, Duration duration) {
            if (!ended.complete(new Ended(outcome, duration))) {
              throw new AssertionError("A second outcome");
            }
          }
        });
    return ended.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static WebhookRequest request(URI url, Map<String, String> headers) {
    return new WebhookRequest(url, headers, "{\"ä\":1}".getBytes(UTF_8));
  }
}
