package dev.anton.dispatcher.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.dispatcher.subscription.PayloadFormat;
import dev.anton.schemas.event.EventData;
import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.JobEvent;
import dev.anton.schemas.event.PlanEvent;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every payload that receivers were promised, as it goes over the wire: field for field, in this
 * order, with these values.
 */
class SeedPayloadsTest {

  private static final Instant TIME = Instant.parse("2025-01-03T19:06:00Z");

  @Test
  void planStarted() {
    assertAnton(
        PlanEvent.Started.of("ses_1"),
        """
        {
          "event": "plan.started",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "data": {
            "sessionId": "ses_1",
            "step": "initializing",
            "message": "Starting planning process"
          }
        }
        """);
  }

  @Test
  void planStepThatBegins() {
    assertAnton(
        new PlanEvent.Step("ses_1", "planning", "Generating", null, null, null),
        """
        {
          "event": "plan.step",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "data": {
            "sessionId": "ses_1",
            "step": "planning",
            "message": "Generating"
          }
        }
        """);
  }

  @Test
  void planStepThatEnds() {
    assertAnton(
        new PlanEvent.Step("ses_1", "validating", "Valid", "complete", true, "todo"),
        """
        {
          "event": "plan.step",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "data": {
            "sessionId": "ses_1",
            "step": "validating",
            "message": "Valid",
            "status": "complete",
            "isValid": true,
            "projectName": "todo"
          }
        }
        """);
  }

  @Test
  void planCompleted() {
    assertAnton(
        new PlanEvent.Completed("ses_1", "todo", "/projects/todo", 10),
        """
        {
          "event": "plan.completed",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "data": {
            "sessionId": "ses_1",
            "projectName": "todo",
            "outputDir": "/projects/todo",
            "nodeCount": 10
          }
        }
        """);
  }

  @Test
  void planFailed() {
    assertAnton(
        new PlanEvent.Failed("ses_1", "No disk", "project-creation"),
        """
        {
          "event": "plan.failed",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "data": {
            "sessionId": "ses_1",
            "error": "No disk",
            "step": "project-creation"
          }
        }
        """);
  }

  @Test
  void jobStarted() {
    assertFlat(
        new JobEvent.Started(
            "job-123",
            new JobEvent.Config(json("{\"data\":\"your input\"}"), List.of("example-plugin"))),
        """
        {
          "status": "started",
          "jobId": "job-123",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "config": {
            "input": {
              "data": "your input"
            },
            "plugins": ["example-plugin"]
          }
        }
        """);
  }

  @Test
  void jobProgress() {
    assertFlat(
        new JobEvent.Progressed(
            "job-123",
            "example-plugin",
            metrics(),
            new JobEvent.Progress("running", null, List.of("example-plugin"), "next-plugin")),
        """
        {
          "status": "progress",
          "jobId": "job-123",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "pluginName": "example-plugin",
          "metrics": {
            "processedItems": 10,
            "duration": 1500
          },
          "progress": {
            "status": "running",
            "completedPlugins": ["example-plugin"],
            "currentPlugin": "next-plugin"
          }
        }
        """);
  }

  @Test
  void jobCompleted() {
    assertFlat(
        new JobEvent.Completed(
            "job-123",
            new JobEvent.Result(
                List.of(Map.of("plugin-name", metrics())), new JobEvent.ItemSummary(10, 1500)),
            new JobEvent.RunSummary(3000, List.of("example-plugin", "next-plugin"))),
        """
        {
          "status": "completed",
          "jobId": "job-123",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "result": {
            "metrics": [
              {
                "plugin-name": {
                  "processedItems": 10,
                  "duration": 1500
                }
              }
            ],
            "summary": {
              "totalProcessed": 10,
              "averageTime": 1500
            }
          },
          "summary": {
            "duration": 3000,
            "completedPlugins": ["example-plugin", "next-plugin"]
          }
        }
        """);
  }

  @Test
  void jobFailed() {
    assertFlat(
        new JobEvent.Failed(
            "job-123",
            "Plugin execution failed",
            new JobEvent.Progress(
                "failed", "Plugin execution failed", List.of("example-plugin"), "failed-plugin")),
        """
        {
          "status": "failed",
          "jobId": "job-123",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "error": "Plugin execution failed",
          "progress": {
            "status": "failed",
            "error": "Plugin execution failed",
            "completedPlugins": ["example-plugin"],
            "currentPlugin": "failed-plugin"
          }
        }
        """);
  }

  @Test
  void aCancelledJobIsOneThatFailedWithTheErrorCancelled() {
    assertFlat(
        new JobEvent.Cancelled(
            "job-123",
            "stopped by alice",
            new JobEvent.Progress("cancelled", null, List.of("example-plugin"), "next-plugin")),
        """
        {
          "status": "failed",
          "jobId": "job-123",
          "timestamp": "2025-01-03T19:06:00.000Z",
          "error": "cancelled",
          "progress": {
            "status": "failed",
            "error": "cancelled",
            "completedPlugins": ["example-plugin"],
            "currentPlugin": "next-plugin"
          }
        }
        """);
  }

  private static void assertAnton(EventData data, String expected) {
    assertBody(data, PayloadFormat.ANTON, expected);
  }

  private static void assertFlat(EventData data, String expected) {
    assertBody(data, PayloadFormat.FLAT, expected);
  }

  private static void assertBody(EventData data, PayloadFormat format, String expected) {
    EventRecord event =
        new EventRecord(
            "evt_1",
            EventTypes.nameOf(data),
            "/x",
            TIME,
            null,
            Tenant.DEFAULT,
            null,
            null,
            null,
            WireJson.write(data));

    String body = new String(Payloads.render(event, format).body(), UTF_8);

    // Written out by the same printer, two texts are equal if names, order and values are.
    assertThat(json(body).toPrettyString()).isEqualTo(json(expected).toPrettyString());
    assertThat(body).isEqualTo(json(expected).toString());
  }

  private static Map<String, JsonNode> metrics() {
    Map<String, JsonNode> metrics = new java.util.LinkedHashMap<>();
    metrics.put("processedItems", json("10"));
    metrics.put("duration", json("1500"));
    return metrics;
  }

  private static JsonNode json(String text) {
    return WireJson.mapper().readTree(text);
  }
}
