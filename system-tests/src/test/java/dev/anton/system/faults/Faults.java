package dev.anton.system.faults;

import dev.anton.stack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All faults that are rehearsed. */
final class Faults {

  private static final String DISPATCHER = "webhook-dispatcher";
  private static final List<String> DISPATCHERS =
      List.of(DISPATCHER, DISPATCHER + "-2", DISPATCHER + "-3");

  private static final Duration MISBEHAVING = Duration.ofSeconds(15);

  /** Kafka gives a silent dispatcher's partitions to others after 10 s. */
  private static final Duration BEYOND_SESSION = Duration.ofSeconds(20);

  /** A fault goes on however slow the machine is, and no longer. */
  private static final Duration STORM = Duration.ofSeconds(90);

  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);

  private Faults() {}

  static List<Fault> all() {
    return List.of(
        Fault.ofStack("nothing", 1, scene -> Scene.pause(Duration.ofSeconds(10))),
        dispatcherKilled(10),
        Fault.ofStack("postgres-killed", 1, scene -> backendKilled(scene, LocalStack.POSTGRES)),
        Fault.ofStack("kafka-killed", 1, scene -> backendKilled(scene, LocalStack.KAFKA)),
        Fault.ofEndpoint(
            "kafka-killed-dead-letters", Endpoint::new, Faults::killedWhileDeadLettering),
        Fault.ofStack("dispatcher-stopped", 1, Faults::dispatcherStopped),
        Fault.ofStack("writes-refused", 1, Faults::writesRefused),
        misbehaving("endpoint-hangs", EndpointFault.HANGS),
        misbehaving("endpoint-resets", EndpointFault.RESETS),
        misbehaving("endpoint-drips", EndpointFault.DRIPS),
        misbehaving("endpoint-500", EndpointFault.ANSWERS_500),
        misbehaving("endpoint-429", EndpointFault.ANSWERS_429),
        misbehaving("endpoint-301", EndpointFault.ANSWERS_301),
        misbehaving("endpoint-10-mib", EndpointFault.ANSWERS_10_MIB),
        misbehaving("endpoint-invalid-chunks", EndpointFault.ANSWERS_INVALID_CHUNKS),
        misbehaving("endpoint-closes-on-reuse", EndpointFault.CLOSES_ON_REUSE),
        Fault.ofEndpoint(
            "endpoint-bad-certificate", BadCertificate::endpoint, Faults::certificateIsNobodys),
        Fault.ofStack("one-of-three-killed", 3, scene -> scene.killDispatcher(DISPATCHERS.get(1))),
        Fault.ofStack(
            "one-of-three-frozen",
            3,
            scene -> scene.freezeDispatcher(DISPATCHERS.get(0), BEYOND_SESSION)),
        Fault.ofStack("rebalance-storm", 3, Faults::rebalanceStorm));
  }

  /**
   * One after the other: in turns as soon as the one before has begun to deliver what has piled up,
   * and a while after it has caught up.
   */
  static Fault dispatcherKilled(int times) {
    return Fault.ofStack(
        "dispatcher-killed",
        1,
        scene -> {
          Random random = new Random(7);
          for (int i = 0; i < times; i++) {
            scene.killDispatcher(DISPATCHER);
            scene.awaitProgress();
            if (i % 2 == 1) {
              scene.awaitCaughtUp(BETWEEN_KILLS);
            }
            Scene.pause(Duration.ofMillis(random.nextInt(2_000)));
          }
        });
  }

  private static void backendKilled(Scene scene, String backend) throws Exception {
    scene.kill(backend);
    scene.awaitGone(backend);
    scene.awaitReady(backend);
    Scene.pause(Duration.ofSeconds(3));
  }

  /**
   * A redirect is no answer, and no reason to leave an endpoint alone: attempts are used up soon.
   */
  private static void killedWhileDeadLettering(Scene scene) throws Exception {
    scene.faulty().endpoint().behave(EndpointFault.ANSWERS_301);
    Scene.pause(Duration.ofSeconds(10));
    backendKilled(scene, LocalStack.KAFKA);
    Scene.pause(Duration.ofSeconds(5));
    scene.faulty().endpoint().behave(Endpoint.Behaviour.ACCEPTS);
    scene.ended();
  }

  private static void dispatcherStopped(Scene scene) throws Exception {
    for (int i = 0; i < 5; i++) {
      scene.signal(DISPATCHER, "STOP");
      Scene.pause(Duration.ofSeconds(1));
      scene.signal(DISPATCHER, "CONT");
      scene.ended();
      Scene.pause(Duration.ofSeconds(3));
    }
  }

  private static void writesRefused(Scene scene) throws Exception {
    scene.tables().refuseWrites();
    Scene.pause(Duration.ofSeconds(2));
    Map<String, Long> written = scene.tables().statuses(scene.ledger());
    Scene.pause(Duration.ofSeconds(18));
    if (!scene.tables().statuses(scene.ledger()).equals(written)) {
      throw new IllegalStateException("The database did not refuse");
    }
    scene.tables().takeWrites();
    scene.ended();
  }

  /** Each leaves in its turn and joins again, while the group still has to get over the last. */
  private static void rebalanceStorm(Scene scene) throws Exception {
    for (int i = 0; i < 9 && scene.elapsed().compareTo(STORM) < 0; i++) {
      String dispatcher = DISPATCHERS.get(i % DISPATCHERS.size());
      scene.stack().process(dispatcher).destroy();
      scene.awaitGone(dispatcher);
      scene.awaitReady(dispatcher);
      scene.ended();
    }
  }

  private static Fault misbehaving(String name, EndpointFault fault) {
    return Fault.ofEndpoint(
        name,
        Endpoint::new,
        scene -> {
          scene.faulty().endpoint().behave(fault);
          Scene.pause(MISBEHAVING);
          scene.faulty().endpoint().behave(Endpoint.Behaviour.ACCEPTS);
          scene.ended();
        });
  }

  /** Nobody vouches for it, until the owner names an address that needs none. */
  private static void certificateIsNobodys(Scene scene) throws Exception {
    Scene.pause(MISBEHAVING);
    Endpoint other = new Endpoint();
    other.keepIn(scene.ledger());
    scene.faulty().moveTo(other);
    scene.ended();
  }
}
