package dev.anton.planner.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.anton.schemas.json.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A model's server that says what it is told to, in the protocol of whoever asks. */
public final class StubProvider implements AutoCloseable {

  /** What becomes of one request. */
  public sealed interface Reply {

    /** A whole answer. */
    record Says(String text) implements Reply {}

    /** An answer that comes to the limit of tokens. */
    record CutOff(String text) implements Reply {}

    /** The connection ends within the answer. */
    record BreaksOff(String text) implements Reply {}

    /** The answer turns into an error. */
    record FailsWithin(String text) implements Reply {}

    /** The provider will not have it. */
    record Refuses() implements Reply {}

    /** No answer of the model. */
    record Status(int code, Map<String, String> headers) implements Reply {}

    /** Nothing is ever said, after some words. */
    record FallsSilent(String text) implements Reply {}

    /** Words without end. */
    record Babbles() implements Reply {}
  }

  /** A request as it came. */
  public record Request(String path, Map<String, List<String>> headers, JsonNode body) {

    /** All that was said to the model. */
    public String said() {
      return body.path("system").toString() + body.path("messages").toString();
    }
  }

  public static final int INPUT_TOKENS = 1_000;
  public static final int OUTPUT_TOKENS = 500;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public StubProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", exchange -> answer(exchange, new OpenAiVoice()));
    server.createContext("/v1/messages", exchange -> answer(exchange, new AnthropicVoice()));
    server.createContext("/api/chat", exchange -> answer(exchange, new OllamaVoice()));
    server.start();
  }

  /** What the next requests get, one after another; when there is no more, status 500. */
  public void replies(Reply... next) {
    replies.clear();
    requests.clear();
    replies.addAll(List.of(next));
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public String baseUrl(ModelProvider provider) {
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    return provider == ModelProvider.OPENAI ? root + "/v1" : root;
  }

  private void answer(HttpExchange exchange, Voice voice) throws IOException {
    JsonNode body = WireJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
    Reply reply = replies.poll();
    try (exchange) {
      switch (reply == null ? new Reply.Status(500, Map.of()) : reply) {
        case Reply.Status(int code, Map<String, String> headers) -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          byte[] error =
              "{\"error\":{\"type\":\"x\",\"message\":\"echo of sk-secret\"}}".getBytes(UTF_8);
          exchange.sendResponseHeaders(code, error.length);
          exchange.getResponseBody().write(error);
        }
        case Reply.Says(String text) -> speak(exchange, voice, pieces(text), voice.end("stop"));
        case Reply.CutOff(String text) -> speak(exchange, voice, pieces(text), voice.end("cut"));
        case Reply.Refuses() -> speak(exchange, voice, List.of(), voice.refusal());
        case Reply.FailsWithin(String text) ->
            speak(exchange, voice, pieces(text), voice.errorWithin());
        case Reply.BreaksOff(String text) -> speak(exchange, voice, pieces(text), null);
        case Reply.FallsSilent(String text) -> {
          speak(exchange, voice, pieces(text), "");
          closed.await();
        }
        case Reply.Babbles() -> babble(exchange, voice);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param end null: the connection is cut; empty: it stays open
   */
  private static void speak(
      HttpExchange exchange, Voice voice, List<String> pieces, @Nullable String end)
      throws IOException {
    OutputStream out = begin(exchange, voice);
    for (String piece : pieces) {
      out.write(voice.piece(piece).getBytes(UTF_8));
    }
    out.flush();
    if (end != null && !end.isEmpty()) {
      out.write(end.getBytes(UTF_8));
      out.close();
    }
  }

  private void babble(HttpExchange exchange, Voice voice) throws IOException {
    OutputStream out = begin(exchange, voice);
    while (closed.getCount() > 0) {
      out.write(voice.piece("x".repeat(10_000)).getBytes(UTF_8));
    }
  }

  private static OutputStream begin(HttpExchange exchange, Voice voice) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", voice.contentType());
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(voice.start().getBytes(UTF_8));
    return out;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); at += 50) {
      pieces.add(text.substring(at, Math.min(text.length(), at + 50)));
    }
    return pieces;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }

  /** A protocol. */
  private sealed interface Voice {

    String contentType();

    String start();

    String piece(String text);

    String end(String why);

    String refusal();

    String errorWithin();
  }

  private record OpenAiVoice() implements Voice {

    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public String start() {
      return "";
    }

    @Override
    public String piece(String text) {
      return chunk("{\"role\":\"assistant\",\"content\":%s}".formatted(json(text)), "null");
    }

    @Override
    public String end(String why) {
      return chunk("{}", why.equals("cut") ? "\"length\"" : "\"stop\"")
          + ("data:"
                 + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n")
              .formatted(INPUT_TOKENS, OUTPUT_TOKENS, INPUT_TOKENS + OUTPUT_TOKENS)
          + "data: [DONE]\n\n";
    }

    @Override
    public String refusal() {
      return chunk("{\"role\":\"assistant\",\"refusal\":\"No.\"}", "null") + end("stop");
    }

    @Override
    public String errorWithin() {
      return "data: {\"error\":{\"message\":\"echo of sk-secret\",\"type\":\"server_error\"}}\n\n";
    }

    private static String chunk(String delta, String finish) {
      return ("data:"
                  + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n")
          .formatted(delta, finish);
    }
  }

  private record AnthropicVoice() implements Voice {

    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public String start() {
      return event(
              "message_start",
              ("\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"m\","
                   + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":%d,\"output_tokens\":1}}")
                  .formatted(INPUT_TOKENS))
          + event(
              "content_block_start",
              "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    }

    @Override
    public String piece(String text) {
      return event(
          "content_block_delta",
          "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}".formatted(json(text)));
    }

    @Override
    public String end(String why) {
      return stop(why.equals("cut") ? "max_tokens" : "end_turn");
    }

    @Override
    public String refusal() {
      return stop("refusal");
    }

    @Override
    public String errorWithin() {
      return event(
          "error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"echo of sk-secret\"}");
    }

    private static String stop(String reason) {
      return event("content_block_stop", "\"index\":0")
          + event(
              "message_delta",
              "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                  .formatted(reason, OUTPUT_TOKENS))
          + event("message_stop", null);
    }

    private static String event(String type, @Nullable String rest) {
      return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n"
          .formatted(type, type, rest == null ? "" : "," + rest);
    }
  }

  private record OllamaVoice() implements Voice {

    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public String start() {
      return "";
    }

    @Override
    public String piece(String text) {
      return line(json(text), "\"done\":false");
    }

    @Override
    public String end(String why) {
      return line(
          "\"\"",
          ("\"done\":true,\"done_reason\":\"%s\",\"total_duration\":3,\"load_duration\":1,"
               + "\"prompt_eval_count\":%d,\"prompt_eval_duration\":1,\"eval_count\":%d,\"eval_duration\":1")
              .formatted(why.equals("cut") ? "length" : "stop", INPUT_TOKENS, OUTPUT_TOKENS));
    }

    /** Ollama has no refusals of its own. */
    @Override
    public String refusal() {
      return piece("I cannot help with that.") + end("stop");
    }

    @Override
    public String errorWithin() {
      return "{\"error\":\"echo of sk-secret\"}\n";
    }

    private static String line(String content, String rest) {
      return ("{\"model\":\"m\",\"created_at\":\"2026-11-26T10:00:00Z\","
              + "\"message\":{\"role\":\"assistant\",\"content\":%s},%s}\n")
          .formatted(content, rest);
    }
  }

  private static String json(String text) {
    return WireJson.mapper().writeValueAsString(text);
  }
}
