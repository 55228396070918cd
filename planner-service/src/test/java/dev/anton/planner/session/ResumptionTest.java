package dev.anton.planner.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.lease.Lease;
import dev.anton.lease.LeaseTable;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.kafka.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicktheories.QuickTheory;
import org.quicktheories.generators.SourceDSL;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A session that is left at any point and in any way ends once, with every event once. The test
 * takes the place of the replicas: it claims, works, dies and comes back too late.
 */
@BackendsTest(role = "planner")
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "anton.planner.workers=0")
class ResumptionTest {

  private static final List<String> COMPLETE =
      List.of(
          "plan.started",
          "plan.step validating",
          "plan.step validating complete",
          "plan.step project-created",
          "plan.step project-created complete",
          "plan.step planning",
          "plan.step planning complete",
          "plan.step reviewing",
          "plan.step reviewing complete",
          "plan.completed");

  @TempDir static Path workspace;
  private static Timeline timeline;

  @Autowired private Sessions sessions;
  @Autowired private SessionRepository repository;
  @Autowired private SessionWorker worker;
  @Autowired private List<StepWork> works;
  @Autowired private LeaseTable leases;
  @Autowired private JdbcClient jdbc;

  @DynamicPropertySource
  static void workspace(DynamicPropertyRegistry properties) {
    properties.add("anton.workspace", workspace::toString);
  }

  @BeforeAll
  static void record(KafkaBackend kafka) {
    timeline = new Timeline(kafka);
  }

  @AfterAll
  static void stopRecording() {
    timeline.close();
  }

  @Test
  void aSessionIsResumedAtTheStepItWasLeftAt() {
    Tenant tenant = new Tenant("resume");
    String session = open(tenant, true);

    for (int step = 0; step < 5; step++) {
      Lease dying = claim(session);
      die(dying, repository.find(session).orElseThrow());
      Lease successor = claim(session);
      oneStep(successor);
      release(successor);
    }

    assertThat(timeline.ended(session)).extracting(Timeline::line).isEqualTo(COMPLETE);
    assertThat(timeline.ended(session))
        .extracting(EventRecord::sequence)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).mapToObj(Long::valueOf).toList());
    assertThat(folders(tenant)).containsExactly("todo-list-api");
    await().until(() -> timeline.commandsOf(session).size() == 1);
  }

  /** What fails shrinks to the few choices that it takes. */
  @Test
  void whateverHappensASessionEndsOnce() {
    AtomicInteger tenants = new AtomicInteger();
    SessionSimulation.World world =
        new SessionSimulation.World(sessions, repository, worker, works, leases, jdbc);
    QuickTheory.qt()
        .withFixedSeed(20_261_126)
        .withExamples(30)
        .withShrinkCycles(60)
        .forAll(SourceDSL.lists().of(SourceDSL.integers().between(0, 1 << 12)).ofSizeBetween(0, 24))
        .checkAssert(
            choices ->
                new SessionSimulation(world, new Tenant("chaos-" + tenants.incrementAndGet()))
                    .run(choices, timeline, workspace));
  }

  @Test
  void aSessionThatKillsEveryWorkerIsGivenUp() {
    Tenant tenant = new Tenant("poison");
    String session = open(tenant, false);
    for (int i = 0; i < 20; i++) {
      claim(session);
    }

    worker.work(claim(session), () -> false);

    assertThat(timeline.ended(session))
        .extracting(Timeline::line)
        .containsExactly("plan.started", "plan.failed initializing");
  }

  private String open(Tenant tenant, boolean execute) {
    PlanRequest request =
        new PlanRequest("Build a REST API for a todo list in Python", null, execute, null);
    return sessions.open(tenant, request, Traceparent.of(null)).id();
  }

  /** Waits for nobody: the lease of whoever has the session runs out. */
  private Lease claim(String session) {
    jdbc.sql(
            """
            UPDATE planning_sessions
               SET lease_until = CASE WHEN id = :id THEN now() - interval '1 second'
                                      ELSE now() + interval '1 hour' END
            """)
        .param("id", session)
        .update();
    return leases.claim(10).stream()
        .filter(lease -> lease.id().equals(session))
        .findFirst()
        .orElseThrow();
  }

  /** Does a step's work and is killed before it commits. */
  private void die(Lease lease, Session session) {
    for (StepWork work : works) {
      if (work.step() == session.step() && !session.status().isFinal()) {
        try {
          work.work(session, lease);
        } catch (StepFailedException | LeaseLostException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private void oneStep(Lease lease) {
    boolean[] stepped = {false};
    worker.work(
        lease,
        () -> {
          boolean stop = stepped[0];
          stepped[0] = true;
          return stop;
        });
  }

  private void release(Lease lease) {
    leases.release(lease);
  }

  private static List<String> folders(Tenant tenant) {
    Path folder = workspace.resolve(tenant.id());
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
