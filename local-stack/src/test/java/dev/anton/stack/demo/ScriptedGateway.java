package dev.anton.stack.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the API's side of the demo, over real HTTP, as the script says. */
final class ScriptedGateway implements AutoCloseable {

  enum Script {
    HONEST,
    WRONG_SIGNATURE,
    FAILED_EXECUTION,
    SILENT
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Script script;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService deliveries = Executors.newSingleThreadExecutor();
  private volatile String receiver = "";
  private volatile String secret = "";
  private volatile boolean deleted;

  ScriptedGateway(Script script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  boolean deleted() {
    return deleted;
  }

  @Override
  public void close() {
    server.stop(0);
    deliveries.shutdownNow();
    client.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "POST /api/webhooks/register" -> {
        JsonNode request = JSON.readTree(body);
        receiver = request.get("url").asString();
        secret = request.get("secret").asString();
        reply(exchange, 201, "{\"id\": \"wh_1\"}");
      }
      case "POST /api/plans" -> {
        reply(exchange, 202, "{\"sessionId\": \"ses_1\"}");
        deliveries.execute(this::tellOfThePlan);
      }
      case "POST /api/jobs" -> {
        JsonNode webhook = JSON.readTree(body).get("webhook");
        reply(exchange, 202, "{\"jobId\": \"job_1\"}");
        deliveries.execute(() -> tellOfTheJob(webhook));
      }
      case "GET /api/plans/ses_1" ->
          reply(
              exchange,
              200,
              """
              {"status": "completed", "outputDir": "/somewhere/todo", "plan": {"nodes": [
                {"runner": "command", "inputs": {"command": ["python3", "-m", "unittest"]}},
                {"runner": "git", "inputs": {"message": "Add it"}}]}}
              """);
      case "GET /api/executions/exe_1" ->
          reply(
              exchange,
              200,
              """
              {"nodes": [{"id": "n1", "label": "Run the tests", "type": "verify", "runner": "command",
                          "state": "completed"}]}
              """);
      case "GET /api/executions/exe_1/nodes/n1/log" -> reply(exchange, 200, "Ran 3 tests OK\n");
      case "DELETE /api/webhooks/wh_1" -> {
        deleted = true;
        reply(exchange, 200, "{}");
      }
      default -> reply(exchange, 404, "{}");
    }
  }

  private void tellOfThePlan() {
    if (script == Script.SILENT) {
      return;
    }
    deliver("plan.started", "{\"sessionId\": \"ses_other\"}");
    deliver(
        "plan.step",
        "{\"sessionId\": \"ses_1\", \"step\": \"validating\", \"status\": \"complete\","
            + " \"message\": \"ok\"}");
    deliver(
        "execution.started",
        "{\"sessionId\": \"ses_1\", \"executionId\": \"exe_1\", \"nodeCount\": 1}");
    deliver("node.completed", "{\"executionId\": \"exe_1\", \"nodeId\": \"n1\"}");
    if (script == Script.FAILED_EXECUTION) {
      deliver("execution.failed", "{\"executionId\": \"exe_1\", \"error\": \"a test failed\"}");
    } else {
      deliver(
          "execution.completed",
          "{\"executionId\": \"exe_1\", \"nodeCount\": 1, \"completedNodes\": 1, \"durationMs\":"
              + " 5}");
    }
  }

  private void tellOfTheJob(JsonNode webhook) {
    String body =
        "{\"status\": \"completed\", \"jobId\": \"job_1\", \"summary\": {\"duration\": 7}}";
    post(
        HttpRequest.newBuilder(URI.create(webhook.get("url").asString()))
            .header("X-Anton-Event", "job.completed")
            .header("Authorization", webhook.get("headers").get("Authorization").asString()),
        body);
  }

  private void deliver(String event, String data) {
    String body = "{\"event\": \"%s\", \"data\": %s}".formatted(event, data);
    String signed = script == Script.WRONG_SIGNATURE ? body + " " : body;
    String standard = "evt_1.1700000000." + signed;
    post(
        HttpRequest.newBuilder(URI.create(receiver))
            .header("X-Anton-Event", event)
            .header("X-Anton-Signature", HexFormat.of().formatHex(hmac(signed)))
            .header("webhook-id", "evt_1")
            .header("webhook-timestamp", "1700000000")
            .header(
                "webhook-signature", "v1," + Base64.getEncoder().encodeToString(hmac(standard))),
        body);
  }

  private void post(HttpRequest.Builder request, String body) {
    try {
      client.send(
          request
              .header("X-Anton-Timestamp", Instant.now().toString())
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] hmac(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
