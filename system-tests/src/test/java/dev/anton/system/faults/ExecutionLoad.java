package dev.anton.system.faults;

import dev.anton.system.GatewayClient;
import dev.anton.system.GatewayClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks for executions at a steady rate, as a patient client does: what was not answered is asked
 * again under the same key. Every eighth is cancelled while it runs; now and then a session is
 * planned, and part of its plan run at once.
 */
final class ExecutionLoad implements AutoCloseable {

  /** In the arguments of every process that the load's plans start. */
  static final String MARK = "anton-fault-" + ProcessHandle.current().pid();

  private static final int CANCELLED = 8;
  private static final int PLANNED = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private final GatewayClient gateway;
  private final String run;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread pace;
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, Instant> cancelled = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  /**
   * @param rate executions per second
   */
  ExecutionLoad(GatewayClient gateway, String run, int rate) {
    this.gateway = gateway;
    this.run = run;
    this.pace = Thread.ofVirtual().start(() -> ask(Duration.ofSeconds(1).dividedBy(rate)));
  }

  /** Executions and sessions that were accepted. */
  Set<String> accepted() {
    return accepted;
  }

  /** When a cancellation was accepted, by execution. */
  Map<String, Instant> cancelled() {
    return cancelled;
  }

  /** What a client could not do, however patient it was; it counts as a flaw. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Asks for no more and waits for the answers that are outstanding. */
  @Override
  public void close() {
    closing = true;
    try {
      pace.join();
      threads.shutdown();
      if (!threads.awaitTermination(PATIENCE.toMinutes() + 1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Requests are not answered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Duration interval) {
    long next = System.nanoTime();
    for (int number = 0; !closing; number++) {
      int current = number;
      threads.execute(() -> tryOne(current));
      next += interval.toNanos();
      pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
  }

  private void tryOne(int number) {
    try {
      runOne(number);
    } catch (RuntimeException e) {
      failures.add("client " + number + ": " + e);
    }
  }

  private void runOne(int number) {
    if (number % PLANNED == PLANNED / 2) {
      plan(number);
      return;
    }
    // Few projects, so that their repositories are used at the same time.
    String id = start(number, request(number % 20));
    if (!id.isEmpty() && number % CANCELLED == 0) {
      pause(Duration.ofMillis(100 + number % 700));
      Answer answer = patiently("/api/executions/" + id + "/cancel", "", Map.of());
      if (answer.status() == 202) {
        cancelled.put(id, Instant.now());
      }
    }
  }

  /** A session whose execution follows on its events at once. */
  private void plan(int number) {
    Answer session =
        patiently(
            "/api/plans",
            "{\"prompt\": \"A REST API in Python for books with title and author\","
                + " \"projectName\": \"planned-%d-%s\"}".formatted(number, run),
            key("plan-" + number));
    if (is(session, "idempotency-answer-lost")) {
      return;
    }
    String id = session.text("sessionId");
    if (id.isEmpty()) {
      throw new IllegalStateException("Not accepted: " + session.body());
    }
    accepted.add(id);
    for (int i = 0; i < 200; i++) {
      Answer plan = read("/api/plans/" + id);
      String status = plan.text("status");
      if (status.equals("completed")) {
        String first = plan.json().path("plan").path("nodes").path(0).path("id").asString();
        start(
            number,
            "{\"sessionId\": \"%s\", \"config\": {\"only\": [\"%s\"]}}".formatted(id, first));
        return;
      }
      if (status.equals("failed")) {
        return;
      }
      pause(Duration.ofMillis(100));
    }
  }

  /** Empty if it was accepted and the answer is lost: its events tell of it. */
  private String start(int number, String request) {
    Answer answer = patiently("/api/executions", request, key("execution-" + number));
    if (is(answer, "idempotency-answer-lost")) {
      return "";
    }
    String id = answer.status() == 202 ? answer.text("executionId") : "";
    if (id.isEmpty()) {
      throw new IllegalStateException("Not accepted: " + answer.body());
    }
    accepted.add(id);
    return id;
  }

  private static String request(int project) {
    return """
    {"config": {"maxConcurrency": 3, "failFast": false}, "plan": {"projectName": "fault-%d", "nodes": [
      {"id": "a", "runner": "noop"},
      {"id": "b", "runner": "command", "dependencies": ["a"], "timeout": "60s", "inputs": {
        "command": ["python3", "-c", "import time; time.sleep(0.4)", "%s"]}},
      {"id": "c", "runner": "noop", "dependencies": ["a"]},
      {"id": "d", "runner": "template", "dependencies": ["b", "c"], "inputs": {"files": [
        {"path": "out.txt", "content": "It ended with ${nodes.b.output.exitCode}"}]}},
      {"id": "e", "runner": "git", "dependencies": ["d"]},
      {"id": "f", "runner": "noop", "dependencies": ["d"],
        "condition": "nodes.b.output.exitCode == 1"}]}}
    """
        .formatted(project, MARK);
  }

  private Map<String, String> key(String what) {
    return Map.of("Idempotency-Key", run + "-" + what);
  }

  private Answer patiently(String path, String body, Map<String, String> headers) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        Answer answer = gateway.post(path, body, headers);
        boolean later =
            answer.status() >= 500
                || answer.status() == 429
                || is(answer, "idempotency-key-in-use");
        if (!later || System.nanoTime() > deadline) {
          return answer;
        }
      } catch (RuntimeException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      // At random, or all who were turned away together come back together.
      pause(wait.multipliedBy(50 + ThreadLocalRandom.current().nextInt(100)).dividedBy(100));
      wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private static boolean is(Answer answer, String conflict) {
    return answer.status() == 409 && answer.text("code").equals(conflict);
  }

  private Answer read(String path) {
    try {
      return gateway.get(path);
    } catch (RuntimeException e) {
      return new Answer(503, "", "", "{}");
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
