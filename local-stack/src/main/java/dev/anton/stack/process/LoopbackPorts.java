package dev.anton.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** TCP ports of the loopback interface. */
public final class LoopbackPorts {

  /** The address that everything local listens on. */
  public static final String ADDRESS = "127.0.0.1";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral(ADDRESS);

  private LoopbackPorts() {}

  /** A port that was free a moment ago; nothing keeps others from taking it before you do. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + ADDRESS, e);
    }
  }

  /** Whether a server could listen on the port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a port in TIME_WAIT is no obstacle to the servers we start
      socket.bind(new InetSocketAddress(LOOPBACK, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether somebody accepts connections on the port. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(LOOPBACK, port),
          Math.toIntExact(Duration.ofMillis(500).toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
