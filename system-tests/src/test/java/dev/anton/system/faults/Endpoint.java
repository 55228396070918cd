package dev.anton.system.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's endpoint on the loopback address, down at its sockets, so that it can misbehave as
 * none of the usual servers would. It keeps connections alive.
 */
final class Endpoint implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

  private static final String PATH = "/webhooks";

  private final ServerSocket server;
  private final String scheme;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger strayed = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.ACCEPTS;
  private volatile @Nullable Ledger ledger;

  Endpoint() {
    this(ServerSocketFactory.getDefault(), "http");
  }

  /**
   * @param scheme how it is reached: {@code http} or {@code https}
   */
  Endpoint(ServerSocketFactory sockets, String scheme) {
    this.scheme = scheme;
    try {
      server = sockets.createServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("endpoint").start(this::accept);
  }

  String url() {
    return "%s://127.0.0.1:%d%s".formatted(scheme, server.getLocalPort(), PATH);
  }

  /** From now on it keeps what arrives there. */
  void keepIn(Ledger newLedger) {
    ledger = newLedger;
  }

  void behave(Behaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  /** Requests to any other place than the one that is registered. */
  int strayed() {
    return strayed.get();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        // On these, a read is one call of the system; a virtual thread would ask a poller besides.
        Thread.ofPlatform().daemon().name("endpoint-connection").start(() -> serve(socket));
      } catch (IOException e) {
        log.debug("No connection was accepted", e);
      }
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      for (int nth = 1; readAndAnswer(in, socket, nth); nth++) {
        // One exchange after another, as long as both sides keep the connection.
      }
    } catch (IOException e) {
      log.debug("A connection broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private boolean readAndAnswer(InputStream in, Socket socket, int nth)
      throws IOException, InterruptedException {
    String requestLine = line(in);
    if (requestLine == null) {
      return false;
    }
    String id = "";
    int length = 0;
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "webhook-id" -> id = header.substring(colon + 1).strip();
        case "content-length" -> length = Integer.parseInt(header.substring(colon + 1).strip());
        default -> {}
      }
    }
    in.skipNBytes(length);
    if (!requestLine.startsWith("POST " + PATH + " ")) {
      strayed.incrementAndGet();
    }
    Ledger current = ledger;
    int number = current == null ? -1 : current.number(id);
    if (current == null || number < 0) {
      return Behaviour.ACCEPTS.answer(new Exchange(socket, nth, () -> {}));
    }
    current.arrived(number);
    return behaviour.answer(new Exchange(socket, nth, () -> current.accepted(number)));
  }

  /** A line without its end; null at the end of the stream. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  /** A request that was read in full and waits for its answer. */
  record Exchange(Socket socket, int nthOfConnection, Runnable accepted) {

    void write(String answer) throws IOException {
      write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Waits until the other side has closed the connection. */
    void awaitClosed() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // Whatever else it says is not heard.
      }
    }
  }

  /** What it does with a request. */
  @FunctionalInterface
  interface Behaviour {

    /** Takes it and says so. */
    Behaviour ACCEPTS =
        exchange -> {
          exchange.accepted().run();
          exchange.write("HTTP/1.1 204 No Content\r\n\r\n");
          return true;
        };

    /** Returns whether the connection is kept. */
    boolean answer(Exchange exchange) throws IOException, InterruptedException;
  }
}
