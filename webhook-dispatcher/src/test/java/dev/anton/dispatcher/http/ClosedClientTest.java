package dev.anton.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.egress.EgressProperties;
import dev.anton.dispatcher.receiver.TestReceiver;
import dev.anton.egress.AddressPolicy;
import dev.anton.egress.VettedResolver;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that is closed ends whatever it is given, and does not wait for names. */
class ClosedClientTest {

  private static final Outcome CUT_OFF =
      new Outcome.ConnectionFailed("The attempt was cut off by a shutdown");

  private final CountDownLatch nameServer = new CountDownLatch(1);
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final VettedResolver resolver =
      new VettedResolver(
          new AddressPolicy(List.of("127.0.0.0/8")),
          host -> {
            asked.add(host);
            if (host.startsWith("hangs")) {
              awaitNameServer();
            }
            return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
          });
  private final WebhookClient client =
      new WebhookClient(Attempts.LIMITS, EgressProperties.direct(List.of(), false), resolver);

  @AfterEach
  void answerAll() {
    nameServer.countDown();
    client.close();
  }

  @Test
  void whatIsSentAfterwardsEndsAtOnceThoughItsNameIsBeingLookedUp() {
    CompletableFuture<Outcome> before = Attempts.start(client, URI.create("http://hangs.example/"));
    await().until(() -> asked.contains("hangs.example"));

    client.close();

    assertThat(before).isCompletedWithValue(CUT_OFF);
    assertThat(Attempts.start(client, URI.create("http://hangs.example/")))
        .isCompletedWithValue(CUT_OFF);
    assertThat(Attempts.start(client, URI.create("http://new.example/")))
        .isCompletedWithValue(CUT_OFF);
    assertThat(asked).doesNotContain("new.example");
    assertThat(client.unsent()).isZero();
  }

  @Test
  void whatIsSentAfterwardsReachesNobody() {
    try (TestReceiver receiver = new TestReceiver()) {
      Attempts.post(client, receiver.url("/before"));

      client.close();

      assertThat(Attempts.start(client, receiver.url("/after"))).isCompletedWithValue(CUT_OFF);
      assertThat(receiver.requests("/after")).isEmpty();
    }
  }

  @Test
  void lookupsThatHaveNotEndedFail() {
    AddressBook book = new AddressBook(resolver);
    List<CompletableFuture<Void>> lookups =
        // More than there are threads for, so that some have not begun.
        IntStream.range(0, 40).mapToObj(i -> book.prepare("hangs" + i + ".example")).toList();

    book.close();

    assertThat(lookups).allSatisfy(it -> assertThat(it).isCompletedExceptionally());
  }

  /** As the system's resolver does, which minds no interrupt. */
  private void awaitNameServer() {
    boolean interrupted = false;
    while (true) {
      try {
        nameServer.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
