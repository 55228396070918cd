package dev.anton.stack.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.anton.stack.process.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An endpoint of our own that takes in every webhook. */
final class Receiver implements AutoCloseable {

  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  Receiver() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.ofLiteral(LoopbackPorts.ADDRESS), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String url(String path) {
    return "http://%s:%d%s".formatted(LoopbackPorts.ADDRESS, server.getAddress().getPort(), path);
  }

  /** The next one, in the order of arrival; empty if none comes in time. */
  Optional<Arrival> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Instant at = Instant.now();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      arrivals.add(new Arrival(exchange.getRequestURI().getPath(), headers, body, at));
      exchange.sendResponseHeaders(NO_CONTENT, -1);
    }
  }
}
