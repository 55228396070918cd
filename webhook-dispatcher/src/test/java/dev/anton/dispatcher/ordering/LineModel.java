package dev.anton.dispatcher.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.delivery.Attempt;
import dev.anton.dispatcher.delivery.Delivery;
import dev.anton.dispatcher.delivery.InboundEvent;
import dev.anton.dispatcher.delivery.Outcome;
import dev.anton.dispatcher.delivery.RecordPosition;
import dev.anton.dispatcher.journal.Journal;
import dev.anton.dispatcher.journal.JournalEntry;
import dev.anton.dispatcher.journal.JournalEntry.Receipt;
import dev.anton.dispatcher.journal.Parking;
import dev.anton.dispatcher.journal.TurnListener;
import dev.anton.dispatcher.parking.ParkedRow;
import dev.anton.dispatcher.parking.ParkedRows;
import dev.anton.schemas.id.Ids;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two replicas and one ordered subscription with two keys, in front of the real tables. Whatever is
 * handed out is checked against what {@code docs/ordered.md} promises.
 */
final class LineModel {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final String subscription = Ids.webhook();
  private final JdbcClient jdbc;
  private final Journal journal;
  private final Hints hints;
  private final List<Replica> replicas;
  private final List<InboundEvent> published = new ArrayList<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final List<Delivery> running = new ArrayList<>();
  private final List<Delivery> outlived = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  LineModel(JdbcClient jdbc, Journal journal, Hints hints) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.hints = hints;
    this.replicas = List.of(new Replica(jdbc, "one"), new Replica(jdbc, "two"));
  }

  /** Takes what the journal says of lines to where a test wants it. */
  static final class Hints implements TurnListener {

    private volatile TurnListener to = _ -> {};

    @Override
    public void mayBeNext(Delivery delivery) {
      to.mayBeNext(delivery);
    }
  }

  private static final class Replica {
    private final OrderedRows rows;
    private final Turns turns = new Turns();
    private final LineWalk walk;

    private Replica(JdbcClient jdbc, String name) {
      rows = new OrderedRows(jdbc, name, LEASE);
      walk = new LineWalk(rows, turns, new OrderingSettings(100, 100, 1000, Duration.ZERO));
    }
  }

  /** What was broken, in words. */
  List<String> broken() {
    return broken;
  }

  /** Reads the next event, or one of before again as after a rebalance. */
  void read(int which, boolean wordIsLost) {
    InboundEvent inbound;
    if (which % 5 == 4 && !published.isEmpty()) {
      inbound = published.get(which % published.size());
    } else {
      inbound = event(which % 2 == 0 ? "a" : "b", published.size());
      published.add(inbound);
    }
    Delivery delivery = Delivery.first(subscription, inbound, NOW).inLine();
    append(
        receipt -> new JournalEntry.Parked(delivery, null, Parking.behind(NOW), receipt),
        wordIsLost ? null : replica(which));
  }

  void look(int which) {
    Replica replica = replica(which);
    // Other examples, those that failed, left their lines in the tables.
    List<Line> lines =
        replica.turns.take(100, _ -> 100).stream()
            .filter(line -> line.subscriptionId().equals(subscription))
            .toList();
    if (!lines.isEmpty()) {
      replica.rows.claim(lines).forEach(this::handOut);
    }
  }

  void walk(int which) {
    replica(which).walk.step();
  }

  /** An attempt ends, in time or after somebody else has the row. */
  void end(int which, boolean late) {
    List<Delivery> from = late ? outlived : running;
    if (from.isEmpty()) {
      return;
    }
    Delivery delivery = from.remove(which % from.size());
    Replica replica = replica(which);
    switch (which % 7) {
      case 0 -> again(delivery, failed(delivery), Parking.due(NOW.plusSeconds(60), "no"));
      case 1 -> again(delivery, null, Parking.waiting(NOW, "the breaker is open"));
      case 2 -> again(delivery, failed(delivery), Parking.exhausted(NOW, "dl_1", "no"));
      case 3 ->
          append(
              receipt -> new JournalEntry.Skipped(delivery, null, "it is paused", receipt),
              replica);
      default -> deliver(delivery, which % 7 == 4 ? null : replica);
    }
  }

  /** A parked one is taken up again: it is due, there is room, or its lease is over. */
  void takeUp(int which) {
    List<String> parked =
        jdbc.sql(
                "select delivery_id from parked where subscription_id = ? and state <> 'behind'"
                    + " order by delivery_id")
            .param(subscription)
            .query(String.class)
            .list();
    if (parked.isEmpty()) {
      return;
    }
    String id = parked.get(which % parked.size());
    running.stream().filter(one -> one.id().equals(id)).toList().forEach(this::outlive);
    ParkedRow row = claim(id);
    if (row.deadLetterId() == null) {
      handOut(row);
    } else {
      append(
          receipt -> new JournalEntry.Dead(row.delivery(), "dl_1", 0, 1, "no", receipt),
          replica(which));
    }
  }

  /** The subscription is found to be paused for a moment. */
  void sweep() {
    replicas.getFirst().rows.skip(subscription, "it is paused", Duration.ofSeconds(-1), 1);
  }

  /** Lets everything come to its end, with nothing but successes from now on. */
  void settle() {
    for (int round = 0; round < 4 * published.size() + 4; round++) {
      List.copyOf(outlived).forEach(one -> deliver(one, null));
      outlived.clear();
      List.copyOf(running).forEach(one -> deliver(one, replica(0)));
      running.clear();
      takeUp(0);
      replica(1).walk.step();
      look(1);
      look(0);
    }
    long left =
        jdbc.sql("select count(*) from parked where subscription_id = ?")
            .param(subscription)
            .query(Long.class)
            .single();
    if (left > 0) {
      broken.add(left + " are stuck");
    }
    long journaled =
        jdbc.sql(
                "select count(*) from deliveries where subscription_id = ?"
                    + " and status in ('delivered', 'dead', 'skipped')")
            .param(subscription)
            .query(Long.class)
            .single();
    if (journaled != published.size()) {
      broken.add(journaled + " of " + published.size() + " came to an end");
    }
  }

  private void handOut(ParkedRow row) {
    Delivery delivery = row.delivery();
    String key = key(delivery);
    long offset = offset(delivery);
    if (running.stream().anyMatch(one -> key(one).equals(key))) {
      broken.add(key + ": two at a time, at " + offset);
    }
    if (highest.merge(key, offset, Math::max) > offset) {
      broken.add(key + ": " + offset + " after " + highest.get(key));
    }
    if (!earlierAreFinal(key, offset)) {
      broken.add(key + ": " + offset + " before an earlier one was final");
    }
    running.add(delivery);
  }

  private boolean earlierAreFinal(String key, long offset) {
    String[] earlier =
        published.stream()
            .filter(one -> one.position().offset() < offset)
            .filter(one -> key.equals(one.event().key()))
            .map(one -> one.event().id())
            .toArray(String[]::new);
    return jdbc.sql(
            "select count(*) from deliveries where subscription_id = ? and event_id = any(?)"
                + " and status in ('pending', 'retrying')")
        .params(subscription, earlier)
        .query(Long.class)
        .single()
        .equals(0L);
  }

  private void outlive(Delivery delivery) {
    running.remove(delivery);
    outlived.add(delivery);
  }

  private ParkedRow claim(String deliveryId) {
    return jdbc.sql(
            "update parked p set state = case state when 'waiting' then 'due' else state end,"
                + " fencing_token = fencing_token + 1 where delivery_id = ? returning "
                + ParkedRows.CLAIMED)
        .param(deliveryId)
        .query(ParkedRows::read)
        .single();
  }

  /** A success counts whoever made it; what another still has under way is a duplicate then. */
  private void deliver(Delivery delivery, Replica told) {
    running.stream().filter(one -> one.id().equals(delivery.id())).toList().forEach(this::outlive);
    Attempt attempt =
        new Attempt(
            delivery.attemptsUsed() + 1, NOW, Duration.ZERO, new Outcome.Delivered(200, null));
    append(receipt -> new JournalEntry.Delivered(delivery, attempt, receipt), told);
  }

  private void again(Delivery delivery, Attempt attempt, Parking parking) {
    append(receipt -> new JournalEntry.ParkedAgain(delivery, attempt, parking, receipt), null);
  }

  private static Attempt failed(Delivery delivery) {
    return new Attempt(
        delivery.attemptsUsed() + 1, NOW, Duration.ZERO, new Outcome.ConnectionFailed("no"));
  }

  @FunctionalInterface
  private interface Entry {
    JournalEntry with(Receipt receipt);
  }

  /**
   * Writes it and waits until it is durable.
   *
   * @param told who hears of the change in line; null if the word of it is lost
   */
  private void append(Entry made, Replica told) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    CompletableFuture<Void> heard = new CompletableFuture<>();
    JournalEntry entry = made.with(() -> durable.complete(null));
    hints.to =
        delivery -> {
          if (told != null) {
            told.turns.mayBeNext(delivery);
          }
          heard.complete(null);
        };
    journal.append(entry);
    durable.join();
    if (entry.turn() != null) {
      heard.join();
    }
  }

  private Replica replica(int which) {
    return replicas.get(which % replicas.size());
  }

  private static String key(Delivery delivery) {
    return Objects.requireNonNull(delivery.inbound().event().key());
  }

  private static long offset(Delivery delivery) {
    return delivery.inbound().position().offset();
  }

  private static InboundEvent event(String key, long offset) {
    EventRecord event =
        new EventRecord(
            Ids.event(),
            "order.paid",
            "/test",
            NOW,
            null,
            Tenant.DEFAULT,
            key,
            null,
            null,
            "{}".getBytes(UTF_8));
    // Its headers are what a parked record is read from.
    RecordHeaders headers = new RecordHeaders();
    CloudEventHeaders.toRecord("t", event).headers().forEach(headers::add);
    return new InboundEvent(
        event, new RecordPosition("t", 0, offset), NOW, key.getBytes(UTF_8), headers);
  }
}
