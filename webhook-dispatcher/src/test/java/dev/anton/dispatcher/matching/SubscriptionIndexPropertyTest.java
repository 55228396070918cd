package dev.anton.dispatcher.matching;

import static dev.anton.dispatcher.matching.Subscriptions.event;

import dev.anton.dispatcher.subscription.Subscription;
import dev.anton.dispatcher.subscription.SubscriptionChange;
import dev.anton.schemas.id.Tenant;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;
import org.quicktheories.generators.SourceDSL;

/** The index against a model that looks at every subscription of a plain map. */
class SubscriptionIndexPropertyTest {

  private static final List<Tenant> TENANTS = List.of(Tenant.DEFAULT, new Tenant("acme"));
  private static final List<String> TYPES =
      List.of("a", "a.b", "a.b.c", "a.bc", "ab.c", "b.a", "b.b.b", "AaAa.x", "BBBB.x");
  private static final List<String> PATTERNS =
      List.of(
          "a", "a.b", "a.b.c", "a.bc", "ab.c", "b.a", "b.b.b", "AaAa.x", "a.*", "a.b.*", "b.*",
          "b.b.*", "AaAa.*", "BBBB.*", "*");
  private static final List<String> SUBJECTS = List.of("job_1", "job_2");

  private static final Gen<Integer> NUMBERS = SourceDSL.integers().between(0, 7);
  private static final Gen<Integer> VERSIONS = SourceDSL.integers().between(1, 6);
  private static final Gen<Boolean> DELETIONS = Generate.booleans();
  private static final Gen<List<String>> EVENTS =
      SourceDSL.lists().of(Generate.pick(PATTERNS)).ofSizeBetween(1, 4);

  private static final Gen<List<Change>> CHANGES =
      SourceDSL.lists()
          .of(
              random ->
                  new Change(
                      NUMBERS.generate(random),
                      VERSIONS.generate(random),
                      DELETIONS.generate(random),
                      EVENTS.generate(random)))
          .ofSizeBetween(0, 30);

  private static final QuickTheory QT =
      QuickTheory.qt().withFixedSeed(20_261_122).withExamples(500).withShrinkCycles(1_000);

  @Test
  void findsWhatAPlainSearchFindsWhateverTheOrderOfChanges() {
    QT.forAll(CHANGES).check(SubscriptionIndexPropertyTest::agreesWithTheModel);
  }

  @Test
  void aBulkLoadMakesTheSameIndexAsSingleChanges() {
    QT.forAll(CHANGES)
        .check(
            changes -> {
              Map<String, SubscriptionChange> model = model(changes);
              InMemorySubscriptionIndex loaded = new InMemorySubscriptionIndex(Clock.systemUTC());
              loaded.load(List.copyOf(model.values()));
              return agrees(loaded, model);
            });
  }

  private static boolean agreesWithTheModel(List<Change> changes) {
    InMemorySubscriptionIndex index = new InMemorySubscriptionIndex(Clock.systemUTC());
    changes.forEach(change -> index.changed(change.toChange()));
    return agrees(index, model(changes));
  }

  private static Map<String, SubscriptionChange> model(List<Change> changes) {
    Map<String, SubscriptionChange> model = new HashMap<>();
    for (Change change : changes) {
      model.merge(
          change.id(), change.toChange(), (old, now) -> now.version() > old.version() ? now : old);
    }
    return model;
  }

  private static boolean agrees(
      InMemorySubscriptionIndex index, Map<String, SubscriptionChange> model) {
    for (Tenant tenant : TENANTS) {
      for (String type : TYPES) {
        for (String subject : new String[] {null, "job_1", "job_2", "job_3"}) {
          List<String> found =
              index.match(event(type, subject, tenant)).stream().map(Subscription::id).toList();
          TreeSet<String> expected = new TreeSet<>();
          for (SubscriptionChange change : model.values()) {
            if (change.current() != null && wants(change.current(), tenant, type, subject)) {
              expected.add(change.id());
            }
          }
          if (found.size() != expected.size() || !expected.containsAll(found)) {
            return false;
          }
        }
      }
    }
    long live = model.values().stream().filter(change -> change.current() != null).count();
    return index.size() == live;
  }

  /** What a subscription means, said as plainly as can be. */
  private static boolean wants(
      Subscription subscription, Tenant tenant, String type, String subject) {
    return subscription.tenant().equals(tenant)
        && (subscription.subject() == null || subscription.subject().equals(subject))
        && subscription.events().stream()
            .anyMatch(
                pattern ->
                    pattern.equals("*")
                        || pattern.equals(type)
                        || (pattern.endsWith(".*") && type.startsWith(pattern.replace(".*", "."))));
  }

  private record Change(int number, int version, boolean deleted, List<String> events) {

    String id() {
      return "wh_" + number;
    }

    SubscriptionChange toChange() {
      return new SubscriptionChange(id(), version, deleted ? null : subscription());
    }

    /** Tenant and subject belong to the id: a subscription never changes them. */
    private Subscription subscription() {
      Tenant tenant = TENANTS.get(number % 2);
      String subject = number < 4 ? null : SUBJECTS.get(number % SUBJECTS.size());
      return Subscriptions.subscription(id(), tenant, subject, version, events);
    }
  }
}
