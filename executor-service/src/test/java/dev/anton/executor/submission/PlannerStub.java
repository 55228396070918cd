package dev.anton.executor.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as the planner does, over real HTTP. */
final class PlannerStub implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> questions = new ConcurrentHashMap<>();

  PlannerStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/plans/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void knows(String sessionId, String answer) {
    answers.put(sessionId, answer);
  }

  /** Returns when it has been asked so often about a session. */
  void awaitQuestions(String sessionId, int count) {
    await().until(() -> questions.getOrDefault(sessionId, 0) >= count);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      questions.merge(path.substring(path.lastIndexOf('/') + 1), 1, Integer::sum);
      String answer = answers.get(path.substring(path.lastIndexOf('/') + 1));
      boolean isTenants = "default".equals(exchange.getRequestHeaders().getFirst("X-Anton-Tenant"));
      byte[] body = (answer == null || !isTenants ? "{}" : answer).getBytes(UTF_8);
      exchange.sendResponseHeaders(answer == null || !isTenants ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
