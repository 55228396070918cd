package dev.anton.stack.demo;

import dev.anton.stack.process.StartException;
import dev.anton.stack.terminal.Terminal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job, once: a prompt becomes a plan, the plan an execution, a job runs a plugin, and
 * every webhook of it is checked and shown as it arrives. Takes no longer than its patience.
 */
public final class Demo {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PLAN_PATH = "/webhooks";
  private static final String JOB_PATH = "/hook";
  private static final Set<String> PLAN_ENDS = Set.of("plan.failed", "plan.cancelled");
  private static final Set<String> EXECUTION_ENDS =
      Set.of("execution.completed", "execution.failed", "execution.cancelled");
  private static final Set<String> JOB_ENDS = Set.of("completed", "failed");

  private final String gatewayUrl;
  private final Terminal terminal;
  private final long deadline;

  public Demo(String gatewayUrl, Terminal terminal, Duration patience) {
    this.gatewayUrl = gatewayUrl;
    this.terminal = terminal;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /**
   * One prompt after the other, and a job at the end.
   *
   * @return whether plans, executions and job completed and every signature was right
   * @throws StartException if the stack does not answer as it should
   */
  public boolean run(List<String> prompts) throws IOException, InterruptedException {
    String secret = randomSecret();
    try (Receiver receiver = new Receiver();
        Gateway gateway = new Gateway(gatewayUrl)) {
      Story story = new Story(terminal, secret);
      String subscription = register(gateway, receiver, secret);
      try {
        List<Project> projects = new ArrayList<>();
        boolean planned = true;
        for (String prompt : prompts) {
          planned &= plan(gateway, receiver, story, prompt, projects);
        }
        boolean ran = job(gateway, receiver, story);
        terminal.line("");
        if (projects.size() > 1) {
          projects.forEach(project -> terminal.line("  " + project.line()));
          terminal.line("");
        }
        terminal.line(
            "%d webhooks, %s"
                .formatted(
                    story.told(),
                    story.allSignaturesRight()
                        ? terminal.good("every signature right")
                        : terminal.bad("not every signature right")));
        return planned && ran && story.allSignaturesRight();
      } finally {
        gateway.delete("/api/webhooks/" + subscription);
      }
    }
  }

  private String register(Gateway gateway, Receiver receiver, String secret)
      throws InterruptedException {
    String url = receiver.url(PLAN_PATH);
    JsonNode registered =
        gateway.post(
            "/api/webhooks/register",
            json(
                Map.of(
                    "url", url,
                    "events", List.of("plan.*", "execution.*", "node.*"),
                    "secret", secret)),
            201);
    String id = registered.path("id").asString("");
    terminal.line("Registered %s as %s".formatted(url, id));
    return id;
  }

  private boolean plan(
      Gateway gateway, Receiver receiver, Story story, String prompt, List<Project> projects)
      throws InterruptedException {
    story.heading("Plan: \"%s\"".formatted(prompt));
    JsonNode session =
        gateway.post("/api/plans", json(Map.of("prompt", prompt, "execute", true)), 202);
    OwnEvents own = new OwnEvents(session.path("sessionId").asString(""));
    Optional<Arrival> end =
        tellUntil(
            receiver,
            own::contains,
            arrival -> {
              story.signed(arrival);
              return PLAN_ENDS.contains(arrival.event())
                  || EXECUTION_ENDS.contains(arrival.event());
            });
    new Outcome(gateway, terminal)
        .print(own.sessionId(), own.executionId())
        .ifPresent(projects::add);
    return end.isPresent() && end.get().event().equals("execution.completed");
  }

  private boolean job(Gateway gateway, Receiver receiver, Story story) throws InterruptedException {
    story.heading("Job: example-plugin, with a webhook of its own");
    String token = "Bearer " + randomSecret();
    JsonNode job =
        gateway.post(
            "/api/jobs",
            json(
                Map.of(
                    "input",
                    Map.of("data", "your input"),
                    "plugins",
                    List.of("example-plugin"),
                    "webhook",
                    Map.of(
                        "url",
                        receiver.url(JOB_PATH),
                        "headers",
                        Map.of("Authorization", token),
                        "on",
                        List.of("started", "progress", "completed", "failed"),
                        "retries",
                        3))),
            202);
    String jobId = job.path("jobId").asString("");
    Optional<Arrival> end =
        tellUntil(
            receiver,
            arrival ->
                arrival.path().equals(JOB_PATH)
                    && arrival.json().path("jobId").asString("").equals(jobId),
            arrival -> {
              story.unsigned(arrival);
              return JOB_ENDS.contains(arrival.json().path("status").asString(""));
            });
    boolean authorized =
        end.flatMap(arrival -> arrival.header("authorization")).filter(token::equals).isPresent();
    if (end.isPresent() && !authorized) {
      terminal.line(terminal.bad("  the webhook's own headers did not arrive"));
    }
    return authorized && end.get().json().path("status").asString("").equals("completed");
  }

  /** Hands over what is ours, until one says that it was the last, or time is up. */
  private Optional<Arrival> tellUntil(
      Receiver receiver, Predicate<Arrival> ours, Predicate<Arrival> last)
      throws InterruptedException {
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Optional<Arrival> arrival = left.isNegative() ? Optional.empty() : receiver.next(left);
      if (arrival.isEmpty()) {
        terminal.line(terminal.bad("  No more webhooks came in time; ./anton logs may say why."));
        return Optional.empty();
      }
      if (ours.test(arrival.get()) && last.test(arrival.get())) {
        return arrival;
      }
    }
  }

  private static String json(Map<String, Object> body) {
    return JSON.writeValueAsString(body);
  }

  private static String randomSecret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return "demo-" + HexFormat.of().formatHex(bytes);
  }
}
