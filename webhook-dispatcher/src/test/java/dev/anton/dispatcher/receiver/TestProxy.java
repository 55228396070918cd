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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that tunnels every {@code CONNECT} to one local port, whatever was asked for, so that
 * tests can use public addresses. It can be told to do something else.
 */
public final class TestProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Answer refusal;

  public TestProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().name("proxy").daemon().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Answers so instead of tunnelling; null tunnels again. */
  public void refuse(Answer answer) {
    refusal = answer;
  }

  /** The request lines that came. */
  public List<String> requestLines() {
    return heads.stream().map(head -> head.substring(0, head.indexOf('\r'))).toList();
  }

  /** The heads that came, line by line as they were. */
  public List<String> heads() {
    return heads;
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
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      while (!head.isEmpty()) {
        heads.add(head);
        Answer answer = refusal;
        if (answer == null) {
          tunnel(socket, in);
          return;
        }
        if (!answer.give(socket)) {
          return;
        }
        head = head(in);
      }
    } catch (IOException e) {
      // One of the two went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  private void tunnel(Socket client, InputStream fromClient) throws IOException {
    try (Socket endpoint = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  endpoint.getInputStream().transferTo(client.getOutputStream());
                  client.close();
                } catch (IOException e) {
                  // The other direction ends, too.
                }
              });
      fromClient.transferTo(endpoint.getOutputStream());
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && !head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(b);
      if (head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(ISO_8859_1);
      }
      b = in.read();
    }
    return "";
  }
}
