package dev.anton.dispatcher.reading;

import dev.anton.api.page.PageRequest;
import dev.anton.dispatcher.reading.EventReads.Position;
import dev.anton.dispatcher.replay.ReplayQueries;
import dev.anton.dispatcher.stats.StatsQueries;
import dev.anton.schemas.id.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every list of the API, asked for in the ways that differ for PostgreSQL. */
final class JournalQueries {

  private static final TimeRange EVER = new TimeRange(null, null);
  private static final Tenant TENANT = new Tenant("t0");
  private static final Tenant OTHER = new Tenant("t1");

  private final List<Query> all = new ArrayList<>();
  private final DeliveryReads deliveries;
  private final EventReads events;
  private final DeadLetterReads deadLetters;
  private final JournalFill fill;
  private final int days;

  /** A list, and how the API asks for it. */
  record Query(String name, Runnable run) {}

  JournalQueries(JdbcClient jdbc, JournalFill fill, int days) {
    this.deliveries = new DeliveryReads(jdbc);
    this.events = new EventReads(jdbc);
    this.deadLetters = new DeadLetterReads(jdbc);
    this.fill = fill;
    this.days = days;
    ofWebhooks();
    ofEvents();
    deadLetters();
    new ReplayQueries(jdbc)
        .all("wh_0", "wh_1", "rpl_1", noon(days / 2), noon(days / 2 + 1))
        .forEach((name, query) -> all.add(new Query(name, query)));
    new StatsQueries(jdbc)
        .all("wh_0", noon(days - 1).plus(Duration.ofHours(12)))
        .forEach((name, query) -> all.add(new Query(name, query)));
  }

  List<Query> all() {
    return all;
  }

  private void ofWebhooks() {
    PageRequest first = new PageRequest(PageRequest.DEFAULT_LIMIT, null);
    TimeRange aDay = new TimeRange(noon(days / 2), noon(days / 2 + 1));
    add("a webhook's deliveries", "wh_0", null, null, EVER, first);
    add("… a page from the middle", "wh_0", null, null, EVER, middle("dlv_"));
    add("… of one day", "wh_0", null, null, aDay, first);
    for (DeliveryStatus status : DeliveryStatus.values()) {
      add("… " + status.wireName(), "wh_0", status, null, EVER, first);
    }
    add("… of a type", "wh_0", null, "order.type4", EVER, first);
    add("… of a rare type", "wh_0", null, "order.rare", EVER, first);
    add(
        "… of a rare type, dead, of one day",
        "wh_0",
        DeliveryStatus.DEAD,
        "order.rare",
        aDay,
        first);
    add("… of a webhook with few", "wh_50", null, null, EVER, first);
    all.add(
        new Query(
            "… delivered, of a webhook that hardly ever answers",
            () ->
                deliveries.ofWebhook(OTHER, "wh_1", DeliveryStatus.DELIVERED, null, EVER, first)));
    String id = fill.deliveryAtNoon(days / 2);
    all.add(new Query("a delivery", () -> deliveries.find(TENANT, id)));
    all.add(new Query("a delivery's attempts", () -> deliveries.attempts(id, noon(days / 2))));
  }

  private void ofEvents() {
    TimeRange aDay = new TimeRange(noon(days / 2), noon(days / 2 + 1));
    Position middle = new Position(noon(days / 2), fill.eventAtNoon(days / 2));
    add("events", null, null, EVER, null);
    add("… a page from the middle", null, null, EVER, middle);
    add("… of one day", null, null, aDay, null);
    add("… of a type", "order.type4", null, EVER, null);
    add("… of a rare type", "order.rare", null, EVER, null);
    add("… of a rare type, a page from the middle", "order.rare", null, EVER, middle);
    add("… of a key", null, "order-50000", EVER, null);
    add("… of a key and a type", "order.type4", "order-50000", EVER, null);
    String id = fill.eventAtNoon(days / 2);
    all.add(new Query("an event", () -> events.find(TENANT, id)));
    all.add(
        new Query(
            "an event's deliveries", () -> deliveries.ofEvent(TENANT, id, noon(days / 2), 250)));
  }

  private void deadLetters() {
    PageRequest first = new PageRequest(PageRequest.DEFAULT_LIMIT, null);
    TimeRange aDay = new TimeRange(noon(days / 2), noon(days / 2 + 1));
    addDead("dead letters", null, EVER, first);
    addDead("… a page from the middle", null, EVER, middle("dl_"));
    addDead("… of one day", null, aDay, first);
    addDead("… of a webhook", "wh_11", EVER, first);
    addDead("… of a webhook that has none", "wh_none", EVER, first);
    all.add(
        new Query(
            "a dead letter",
            () -> deadLetters.find(OTHER, "dl_" + fill.deliveryAtNoon(days / 2).substring(4))));
  }

  private void add(
      String name,
      String webhook,
      @Nullable DeliveryStatus status,
      @Nullable String type,
      TimeRange range,
      PageRequest page) {
    all.add(
        new Query(name, () -> deliveries.ofWebhook(TENANT, webhook, status, type, range, page)));
  }

  private void add(
      String name,
      @Nullable String type,
      @Nullable String key,
      TimeRange range,
      @Nullable Position before) {
    EventReads.Query query = new EventReads.Query(type, key, range, before);
    all.add(new Query(name, () -> events.list(TENANT, query, PageRequest.DEFAULT_LIMIT + 1)));
  }

  private void addDead(String name, @Nullable String webhook, TimeRange range, PageRequest page) {
    all.add(new Query(name, () -> deadLetters.list(OTHER, webhook, null, range, page)));
  }

  private PageRequest middle(String prefix) {
    return new PageRequest(
        PageRequest.DEFAULT_LIMIT, prefix + fill.deliveryAtNoon(days / 2).substring(4));
  }

  private Instant noon(int day) {
    return fill.noon(day);
  }
}
