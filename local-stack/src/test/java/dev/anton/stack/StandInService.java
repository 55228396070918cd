package dev.anton.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Answers the readiness path, and writes its name to a file when it is asked to stop. Arguments:
 * name, port, file; a fourth one makes it end at once, as a service does that finds its
 * configuration wrong.
 */
final class StandInService {

  private StandInService() {}

  public static void main(String[] arguments) throws IOException {
    String name = arguments[0];
    Path stopped = Path.of(arguments[2]);
    if (arguments.length > 3) {
      throw new IllegalStateException(arguments[3]);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    Files.writeString(
                        stopped, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
            0);
    server.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
