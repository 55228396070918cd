package dev.anton.executor.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String answer = answers.get(path.substring(path.lastIndexOf('/') + 1));
      boolean isTenants = "default".equals(exchange.getRequestHeaders().getFirst("X-Anton-Tenant"));
      byte[] body = (answer == null || !isTenants ? "{}" : answer).getBytes(UTF_8);
      exchange.sendResponseHeaders(answer == null || !isTenants ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
