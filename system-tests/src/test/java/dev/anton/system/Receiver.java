package dev.anton.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** An HTTP endpoint on loopback that keeps every webhook in the order of arrival. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ReceivedWebhook> received = new CopyOnWriteArrayList<>();
  private volatile IntUnaryOperator statusOfNth = nth -> 204;

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::keep);
    server.start();
  }

  /** What it answers to its n-th request, counted from 1; 204 unless told otherwise. */
  void answer(IntUnaryOperator status) {
    statusOfNth = status;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<ReceivedWebhook> received() {
    return List.copyOf(received);
  }

  List<ReceivedWebhook> receivedAt(String path) {
    return received.stream().filter(webhook -> webhook.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void keep(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int nth;
      synchronized (received) {
        received.add(
            ReceivedWebhook.of(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                body,
                Instant.now()));
        nth = received.size();
      }
      exchange.sendResponseHeaders(statusOfNth.applyAsInt(nth), -1);
    }
  }
}
