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
import org.junit.jupiter.api.BeforeEach;
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

  @TempDir static Path workspace;
  private static Timeline timeline;

  @Autowired private Sessions sessions;
  @Autowired private SessionRepository repository;
  @Autowired private SessionWorker worker;
  @Autowired private List<StepWork> works;
  @Autowired private LeaseTable leases;
  @Autowired private JdbcClient jdbc;

  private World world;

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

  @BeforeEach
  void takeThePlaceOfTheReplicas() {
    world = new World(sessions, repository, worker, works, leases, jdbc);
  }

  @Test
  void aSessionIsResumedAtTheStepItWasLeftAt() {
    Tenant tenant = new Tenant("resume");
    String session = open(tenant, true);

    for (int step = 0; step < 5; step++) {
      world.die(claim(session));
      Lease successor = claim(session);
      world.step(successor);
      leases.release(successor);
    }

    assertThat(timeline.ended(session)).extracting(Timeline::line).isEqualTo(Timeline.COMPLETE);
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

  private Lease claim(String session) {
    return world.claim(session).orElseThrow();
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
