package dev.anton.dispatcher.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;

/**
 * A receiver of webhooks on a port of its own. Each path can be told how to answer, request by
 * request; without, it says 200.
 */
public final class TestReceiver implements AutoCloseable {

  private final ServerSocket server;
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Function<ReceivedRequest, Answer>> behaviours =
      new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private final List<String> serverNames = new CopyOnWriteArrayList<>();

  public TestReceiver() {
    this(ServerSocketFactory.getDefault());
  }

  /** With TLS, say. */
  public TestReceiver(ServerSocketFactory sockets) {
    try {
      server = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().name("receiver").daemon().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The names that TLS connections asked for. */
  public List<String> serverNames() {
    return serverNames;
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  /** The same port under a name instead of an address. */
  public URI namedUrl(String path) {
    return URI.create("http://localhost:" + server.getLocalPort() + path);
  }

  public void answer(String path, Answer answer) {
    decide(path, request -> answer);
  }

  /** Lets the request decide what it is answered. */
  public void decide(String path, Function<ReceivedRequest, Answer> behaviour) {
    behaviours.put(path, behaviour);
  }

  /** Answers in this order; the last one from then on. */
  public void answerInTurn(String path, Answer... answers) {
    AtomicInteger next = new AtomicInteger();
    decide(path, request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
  }

  /** All requests to a path, in the order in which they were complete. */
  public List<ReceivedRequest> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Connections that were opened so far. */
  public int connections() {
    return connections.get();
  }

  /** Connections that are open now. */
  public int openConnections() {
    return sockets.size();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
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
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket tls) {
        tls.startHandshake();
        for (SNIServerName name :
            ((ExtendedSSLSession) tls.getSession()).getRequestedServerNames()) {
          serverNames.add(new String(name.getEncoded(), ISO_8859_1));
        }
      }
      InputStream in = new BufferedInputStream(socket.getInputStream());
      ReceivedRequest request = read(in);
      while (request != null) {
        requests.add(request);
        Answer answer = behaviours.getOrDefault(request.path(), _ -> Answer.ok()).apply(request);
        if (!answer.give(socket)) {
          return;
        }
        request = read(in);
      }
    } catch (IOException e) {
      // The client went away, or the test is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  private static ReceivedRequest read(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return null;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
    byte[] body = in.readNBytes(length);
    String[] parts = start.split(" ", -1);
    return new ReceivedRequest(parts[0], parts[1], headers, body, Instant.now());
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
