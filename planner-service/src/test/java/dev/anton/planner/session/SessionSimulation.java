package dev.anton.planner.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.lease.Lease;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Two sessions that want the same name, in a world that is as unkind as the choices make it:
 * replicas die between a step's work and its commit, stall past their leases and come back, work at
 * the same time; people cancel. The invariants are those of docs/planning-sessions.md.
 */
final class SessionSimulation {

  /** After which a session is given up. */
  private static final long MAX_CLAIMS = 20;

  private final World world;
  private final Tenant tenant;
  private final List<String> ids = new ArrayList<>();
  private final Map<String, List<Lease>> leases = new HashMap<>();

  SessionSimulation(World world, Tenant tenant) {
    this.world = world;
    this.tenant = tenant;
  }

  void run(List<Integer> choices, Timeline timeline, Path workspace) {
    for (boolean execute : new boolean[] {true, false}) {
      PlanRequest request =
          new PlanRequest("Build a REST API for a todo list in Python", null, execute, null);
      ids.add(world.sessions().open(tenant, request, Traceparent.of(null)).id());
    }
    for (int choice : choices) {
      String id = ids.get(choice % 2);
      Session before = session(id);
      act(choice / 2, id);
      checkSteps(before, session(id));
    }
    ids.forEach(this::finish);
    checkEnd(timeline, workspace);
  }

  private void act(int choice, String id) {
    switch (choice % 8) {
      case 0, 1, 2 -> claim(id).ifPresent(this::stepAndRelease);
      case 3 -> claim(id).ifPresent(world::die);
      // Stalls, and may come back whenever.
      case 4 -> claim(id);
      case 5 -> comeBack(id, choice / 8);
      case 6 -> cancel(id);
      default -> race(id, choice / 8);
    }
  }

  private Optional<Lease> claim(String id) {
    Optional<Lease> claimed = world.claim(id);
    claimed.ifPresent(lease -> leases.computeIfAbsent(id, _ -> new ArrayList<>()).add(lease));
    return claimed;
  }

  private void stepAndRelease(Lease lease) {
    world.step(lease);
    world.leases().release(lease);
  }

  /** Invariant 3: whoever's lease is not the last one changes nothing. */
  private void comeBack(String id, int which) {
    List<Lease> former = leases.getOrDefault(id, List.of());
    if (!former.isEmpty()) {
      Lease lease = former.get(which % former.size());
      boolean stale = lease.fencingToken() != token(id);
      Session before = session(id);
      world.step(lease);
      if (stale) {
        assertThat(session(id).version()).as("a stale worker's step").isEqualTo(before.version());
        assertThat(session(id).status()).isEqualTo(before.status());
      }
    }
  }

  private void cancel(String id) {
    if (!session(id).status().isFinal()) {
      world.sessions().cancel(tenant, id);
    }
  }

  /** A former owner and the present one at the same time. */
  private void race(String id, int which) {
    List<Lease> former = List.copyOf(leases.getOrDefault(id, List.of()));
    claim(id)
        .ifPresent(
            lease -> {
              Lease other = former.isEmpty() ? lease : former.get(which % former.size());
              Thread thread = Thread.ofVirtual().start(() -> world.step(other));
              stepAndRelease(lease);
              try {
                thread.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Invariants 2 and 4. */
  private static void checkSteps(Session before, Session after) {
    assertThat(after.step()).as("no step back").isGreaterThanOrEqualTo(before.step());
    if (before.status().isFinal()) {
      assertThat(after.status()).as("final is final").isEqualTo(before.status());
      assertThat(after.version()).as("no event after the last").isEqualTo(before.version());
    }
  }

  /** From here on the world is kind; the session must end in a bounded number of claims. */
  private void finish(String id) {
    for (int i = 0; i < 3; i++) {
      claim(id)
          .ifPresent(
              lease -> {
                world.worker().work(lease, () -> false);
                world.leases().release(lease);
              });
    }
    assertThat(session(id).status().isFinal()).as("the session ends").isTrue();
    assertThat(session(id).discard()).as("nothing is left to be removed").isFalse();
  }

  private void checkEnd(Timeline timeline, Path workspace) {
    List<String> projects = new ArrayList<>();
    for (String id : ids) {
      Session session = session(id);
      List<EventRecord> events = timeline.ended(id);
      checkEvents(session, events);
      boolean completed = session.status() == SessionStatus.COMPLETED;
      if (completed) {
        projects.add(String.valueOf(session.findings().projectName()));
      }
      assertThat(namesOf(id)).as("a name is kept or given back").isEqualTo(completed ? 1 : 0);
      assertThat(session.executionId() != null)
          .as("invariant 5")
          .isEqualTo(completed && session.request().execute());
      assertThat(timeline.commandsOf(id)).hasSizeLessThanOrEqualTo(completed ? 1 : 0);
    }
    assertThat(folders(workspace)).containsExactlyInAnyOrderElementsOf(projects);
  }

  /** Invariants 1 and 2. */
  private void checkEvents(Session session, List<EventRecord> events) {
    assertThat(events)
        .extracting(EventRecord::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, session.version()).boxed().toList());
    List<String> lines = events.stream().map(Timeline::line).toList();
    List<String> before = lines.subList(0, lines.size() - 1);
    assertThat(before).isEqualTo(Timeline.COMPLETE.subList(0, before.size()));
    assertThat(lines.getLast()).startsWith("plan." + session.status().wire());
    if (session.status() == SessionStatus.FAILED) {
      assertThat(token(session.id())).as("given up").isGreaterThan(MAX_CLAIMS);
    }
  }

  private Session session(String id) {
    return world.repository().find(id).orElseThrow();
  }

  private long token(String id) {
    return world
        .jdbc()
        .sql("SELECT fencing_token FROM planning_sessions WHERE id = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }

  private int namesOf(String id) {
    return world
        .jdbc()
        .sql("SELECT count(*) FROM projects WHERE session_id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  private List<String> folders(Path workspace) {
    Path home = workspace.resolve(tenant.id());
    if (!Files.exists(home)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(home)) {
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
