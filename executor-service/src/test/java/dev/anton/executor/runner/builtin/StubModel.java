package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server that speaks the three providers' protocols and answers as it is told. */
final class StubModel implements AutoCloseable {

  enum Ending {
    WHOLE,
    CUT,
    REFUSED
  }

  private record Answer(int status, String text, Ending ending) {}

  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private Answer otherwise = new Answer(200, "{\"files\": []}", Ending.WHOLE);

  StubModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", exchange -> answer(exchange, StubModel::openAi));
    server.createContext("/v1/messages", exchange -> answer(exchange, StubModel::anthropic));
    server.createContext("/api/chat", exchange -> answer(exchange, StubModel::ollama));
    server.start();
  }

  /** The settings by which a provider's client comes here. */
  Map<String, String> settings(String provider) {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "provider", provider,
        "model", "stub-1",
        "api-key", "s3cret-key",
        "base-url", provider.equals("openai") ? base + "/v1/" : base,
        "allowed-networks", "127.0.0.0/8");
  }

  StubModel always(String text) {
    otherwise = new Answer(200, text, Ending.WHOLE);
    return this;
  }

  StubModel then(String text) {
    return then(text, Ending.WHOLE);
  }

  StubModel then(String text, Ending ending) {
    answers.add(new Answer(200, text, ending));
    return this;
  }

  /** A body as it is, in no protocol. */
  StubModel thenRaw(int status, String body) {
    answers.add(new Answer(status == 200 ? -200 : status, body, Ending.WHOLE));
    return this;
  }

  List<JsonNode> questions() {
    return questions;
  }

  List<Map<String, String>> headers() {
    return headers;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private interface Protocol {
    JsonNode render(Answer answer);
  }

  private void answer(HttpExchange exchange, Protocol protocol) throws IOException {
    try (exchange) {
      questions.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
      Map<String, String> seen = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.getFirst()));
      headers.add(seen);
      Answer next;
      synchronized (answers) {
        next = answers.isEmpty() ? otherwise : answers.remove();
      }
      byte[] body =
          (next.status() == 200 ? protocol.render(next).toString() : next.text()).getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(Math.abs(next.status()), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonNode openAi(Answer answer) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode choice = body.putArray("choices").addObject();
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (answer.ending() == Ending.REFUSED) {
      message.putNull("content").put("refusal", answer.text());
    } else {
      message.put("content", answer.text());
    }
    choice.put("finish_reason", answer.ending() == Ending.CUT ? "length" : "stop");
    body.putObject("usage").put("total_tokens", 30);
    return body;
  }

  private static JsonNode anthropic(Answer answer) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var content = body.putArray("content");
    try {
      content
          .addObject()
          .put("type", "tool_use")
          .put("name", "write_files")
          .set("input", JsonMapper.shared().readTree(answer.text()));
    } catch (tools.jackson.core.JacksonException e) {
      content.removeAll();
      content.addObject().put("type", "text").put("text", answer.text());
    }
    body.put(
        "stop_reason",
        switch (answer.ending()) {
          case WHOLE -> "tool_use";
          case CUT -> "max_tokens";
          case REFUSED -> "refusal";
        });
    body.putObject("usage").put("input_tokens", 10).put("output_tokens", 20);
    return body;
  }

  private static JsonNode ollama(Answer answer) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("message").put("role", "assistant").put("content", answer.text());
    body.put("done_reason", answer.ending() == Ending.CUT ? "length" : "stop");
    body.put("prompt_eval_count", 10).put("eval_count", 20);
    return body;
  }
}
