package dev.anton.dispatcher.matching;

import static dev.anton.dispatcher.matching.Subscriptions.event;
import static dev.anton.dispatcher.matching.Subscriptions.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionChange;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {

  private final InMemorySubscriptionIndex index = new InMemorySubscriptionIndex(Clock.systemUTC());

  @Test
  void matchesByNameByPrefixAndAll() {
    add(subscription("wh_exact", "plan.started"));
    add(subscription("wh_prefix", "plan.*"));
    add(subscription("wh_all", "*"));
    add(subscription("wh_other", "node.started"));

    assertThat(matched("plan.started"))
        .containsExactlyInAnyOrder("wh_exact", "wh_prefix", "wh_all");
    assertThat(matched("plan.step")).containsExactlyInAnyOrder("wh_prefix", "wh_all");
    assertThat(matched("planet.found")).containsExactly("wh_all");
  }

  @Test
  void aPrefixReachesBelowItselfAtAnyDepthButNotItself() {
    add(subscription("wh_1", "order.*"));
    add(subscription("wh_2", "order.item.*"));

    assertThat(matched("order.item.added")).containsExactlyInAnyOrder("wh_1", "wh_2");
    assertThat(matched("order.paid")).containsExactly("wh_1");
    assertThat(matched("order")).isEmpty();
  }

  @Test
  void overlappingNamesMatchOnce() {
    add(subscription("wh_1", "plan.started", "plan.*", "*", "plan.started"));

    assertThat(matched("plan.started")).containsExactly("wh_1");
  }

  @Test
  void anotherTenantsEventsDoNotMatch() {
    add(subscription("wh_1", "*"));

    assertThat(index.match(event("plan.started", null, new Tenant("acme")))).isEmpty();
  }

  @Test
  void aSubscriptionBoundToASubjectSeesThatSubjectOnly() {
    add(Subscriptions.bound("wh_1", "job_1", "job.started", "job.failed"));
    add(Subscriptions.bound("wh_2", "job_2", "job.*"));
    add(subscription("wh_3", "job.*"));

    assertThat(matched("job.started", "job_1")).containsExactlyInAnyOrder("wh_1", "wh_3");
    assertThat(matched("job.progress", "job_1")).containsExactly("wh_3");
    assertThat(matched("job.progress", "job_2")).containsExactlyInAnyOrder("wh_2", "wh_3");
    assertThat(matched("job.started", "job_3")).containsExactly("wh_3");
  }

  @Test
  void aMissAllocatesNothingNew() {
    add(subscription("wh_1", "order.*"));

    assertThat(index.match(event("plan.started", "ses_1", Tenant.DEFAULT))).isSameAs(List.of());
  }

  @Test
  void aChangeTakesThePlaceOfTheOneBefore() {
    add(subscription("wh_1", "plan.*"));
    index.changed(change(subscription("wh_1", 2, "node.*")));

    assertThat(matched("plan.started")).isEmpty();
    assertThat(matched("node.started")).containsExactly("wh_1");
    assertThat(index.find("wh_1").orElseThrow().version()).isEqualTo(2);
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void anOlderReadingChangesNothing() {
    index.changed(change(subscription("wh_1", 3, "node.*")));
    index.changed(change(subscription("wh_1", 2, "plan.*")));

    assertThat(matched("plan.started")).isEmpty();
    assertThat(matched("node.started")).containsExactly("wh_1");
  }

  @Test
  void anOlderReadingDoesNotBringBackWhatWasDeleted() {
    add(subscription("wh_1", "plan.*"));
    index.changed(new SubscriptionChange("wh_1", 2, null));
    add(subscription("wh_1", "plan.*"));

    assertThat(matched("plan.started")).isEmpty();
    assertThat(index.find("wh_1")).isEmpty();
    assertThat(index.size()).isZero();
  }

  @Test
  void aDeletionIsForgottenWhenNobodyCanHoldAnOlderReading() {
    MutableClock clock = new MutableClock();
    InMemorySubscriptionIndex aging = new InMemorySubscriptionIndex(clock);
    aging.changed(new SubscriptionChange("wh_1", 2, null));

    clock.now = clock.now.plus(Duration.ofMinutes(11));
    aging.forgetOldTombstones();
    aging.changed(change(subscription("wh_1", "plan.*")));

    assertThat(aging.find("wh_1")).isPresent();
  }

  @Test
  void nothingCountsAsLoadedBeforeEverythingWasRead() {
    add(subscription("wh_early", 2, "plan.*"));
    assertThat(index.isLoaded()).isFalse();

    index.load(
        List.of(
            change(subscription("wh_early", "node.*")), change(subscription("wh_1", "plan.*"))));

    assertThat(index.isLoaded()).isTrue();
    assertThat(matched("plan.started")).containsExactlyInAnyOrder("wh_early", "wh_1");
    assertThat(matched("node.started")).isEmpty();
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void aReadingOfEverythingDropsWhatIsGoneAndKeepsWhatIsNewer() {
    add(subscription("wh_gone", "plan.*"));
    add(subscription("wh_kept", "plan.*"));
    index.load(List.of());
    Map<String, Long> before = index.liveVersions();
    add(subscription("wh_new", "plan.*"));

    index.reload(before, List.of(change(subscription("wh_kept", "plan.*"))));

    assertThat(matched("plan.started")).containsExactlyInAnyOrder("wh_kept", "wh_new");
  }

  private void add(Subscription subscription) {
    index.changed(change(subscription));
  }

  private static SubscriptionChange change(Subscription subscription) {
    return new SubscriptionChange(subscription.id(), subscription.version(), subscription);
  }

  private List<String> matched(String type) {
    return matched(type, "ses_1");
  }

  private List<String> matched(String type, String subject) {
    return index.match(event(type, subject, Tenant.DEFAULT)).stream()
        .map(Subscription::id)
        .toList();
  }

  private static final class MutableClock extends Clock {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
