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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DeadLoopTest {

  private static final VettedResolver LOOPBACK =
      new VettedResolver(new AddressPolicy(List.of("127.0.0.0/8")));

  /** The client has one for each processor. */
  private static final int LOOPS = IOReactorConfig.DEFAULT.getIoThreadCount();

  private final TestReceiver receiver = new TestReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aClientWhoseLoopDiedIsReplacedAndWhatWasUnderWayThereFails() {
    CountDownLatch open = new CountDownLatch(1);
    receiver.answer("/hang", Answer.after(open, Answer.ok()));
    try (WebhookClient client = client()) {
      List<CompletableFuture<Outcome>> underWay =
          Stream.generate(() -> Attempts.start(client, receiver.url("/hang")))
              .limit(8L * LOOPS)
              .toList();
      await().until(() -> receiver.requests("/hang").size() == underWay.size());

      killLoop(client);

      await().until(() -> client.replacements() == 1);
      assertThat(Attempts.post(client, receiver.url("/"))).isInstanceOf(Outcome.Delivered.class);
      open.countDown();
      List<Outcome> outcomes = underWay.stream().map(CompletableFuture::join).toList();
      // Connections are given to the loops in turn.
      int ofTheDead = underWay.size() / LOOPS;
      assertThat(outcomes)
          .filteredOn(Outcome.ConnectionFailed.class::isInstance)
          .hasSize(ofTheDead);
      assertThat(outcomes)
          .filteredOn(Outcome.Delivered.class::isInstance)
          .hasSize(underWay.size() - ofTheDead);
      assertThat(client.isBroken()).isFalse();
    }
  }

  @Test
  void aReplacementThatFailsIsTriedAgainAndUntilThenTheClientIsBroken() {
    AtomicInteger tried = new AtomicInteger();
    CountDownLatch descriptors = new CountDownLatch(1);
    List<Transport> made = new CopyOnWriteArrayList<>();
    try (AddressBook names = new AddressBook(LOOPBACK);
        Transports transports =
            new Transports(
                new Transports.Pauses(Duration.ZERO, Duration.ofMillis(20)),
                died -> {
                  if (tried.getAndIncrement() > 0 && descriptors.getCount() > 0) {
                    throw new IllegalStateException("no descriptors left");
                  }
                  return transport(names, died, made);
                })) {
      made.getFirst().died();

      await().until(() -> tried.get() > 3);
      assertThat(transports.isBroken()).isTrue();
      assertThat(transports.replacements()).isZero();

      descriptors.countDown();
      await().until(() -> !transports.isBroken());
      assertThat(transports.replacements()).isEqualTo(1);
      // The loops of the one that was replaced end, too; that is no reason to replace the next.
      made.getFirst().died();
      assertThat(transports.isBroken()).isFalse();
    }
  }

  @Test
  void aReplacementWhoseLoopDiesBeforeItIsInUseIsNeverUsed() {
    List<Transport> made = new CopyOnWriteArrayList<>();
    try (AddressBook names = new AddressBook(LOOPBACK);
        Transports transports =
            new Transports(
                new Transports.Pauses(Duration.ZERO, Duration.ofMillis(20)),
                died -> {
                  Transport transport = transport(names, died, made);
                  if (made.size() == 2) {
                    transport.died();
                  }
                  return transport;
                })) {
      made.getFirst().died();

      await().until(() -> transports.replacements() == 1);
      assertThat(made).hasSize(3);
      assertThat(transports.isBroken()).isFalse();
      // The one in use is the third: its death counts.
      made.getLast().died();
      await().until(() -> transports.replacements() == 2);
    }
  }

  @Test
  void replacementsAreApart() {
    List<Transport> made = new CopyOnWriteArrayList<>();
    try (AddressBook names = new AddressBook(LOOPBACK);
        Transports transports =
            new Transports(
                new Transports.Pauses(Duration.ZERO, Duration.ofHours(1)),
                died -> transport(names, died, made))) {
      made.getFirst().died();
      await().until(() -> transports.replacements() == 1);

      made.getLast().died();

      assertThat(transports.isBroken()).isTrue();
      assertThat(made).hasSize(2);
    }
  }

  @Test
  void aShutdownEndsWhatIsUnderWayAndLooksLikeNoDefect(CapturedOutput output) {
    receiver.answer("/hang", Answer.hang());
    for (int i = 0; i < 5; i++) {
      int before = receiver.requests("/hang").size();
      WebhookClient client = client();
      Attempts.post(client, receiver.url("/"));
      List<CompletableFuture<Outcome>> underWay =
          Stream.generate(() -> Attempts.start(client, receiver.url("/hang"))).limit(8).toList();
      await().until(() -> receiver.requests("/hang").size() == before + underWay.size());

      client.close();

      assertThat(underWay)
          .allSatisfy(
              future ->
                  assertThat(future.join())
                      .isEqualTo(
                          new Outcome.ConnectionFailed("The attempt was cut off by a shutdown")));
    }
    assertThat(output).doesNotContain("ERROR", "ConcurrentModificationException");
  }

  /** As memory that ran out, or a stack that overflowed, would. */
  private void killLoop(WebhookClient client) {
    client.send(
        new WebhookRequest(receiver.url("/"), Map.of(), "{}".getBytes(UTF_8)),
        new ExchangeListener() {
          @Override
          public void slow() {}

          @Override
          public void ended(Outcome outcome, Duration duration) {
            throw new StackOverflowError("made by a test");
          }
        });
  }

  private static Transport transport(
      AddressBook names, Consumer<Transport> died, List<Transport> made) {
    Transport transport = new Transport(Attempts.LIMITS, names, null, null, died);
    made.add(transport);
    return transport;
  }

  private static WebhookClient client() {
    return new WebhookClient(Attempts.LIMITS, EgressProperties.direct(List.of(), false), LOOPBACK);
  }
}
