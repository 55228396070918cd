package dev.anton.stack;

import dev.anton.stack.process.LoopbackPorts;
import dev.anton.stack.process.StartException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Refuses a start that would fail later, in a sentence that says what to do. */
final class Preflight {

  private Preflight() {}

  /**
   * @throws StartException if a port is taken, used twice or none at all
   */
  static void checkPorts(Ports ports) {
    Map<String, Integer> byUse = new LinkedHashMap<>();
    byUse.put("gateway", ports.gateway());
    byUse.put("planner", ports.planner());
    byUse.put("executor", ports.executor());
    byUse.put("dispatcher", ports.dispatcher());
    byUse.put("postgres", ports.postgres());
    byUse.put("kafka", ports.kafka());
    Map<Integer, String> seen = new LinkedHashMap<>();
    byUse.forEach(
        (use, port) -> {
          String change =
              "choose another with --%s-port or ANTON_%s_PORT, or move all with --port-offset"
                  .formatted(use, use.toUpperCase(Locale.ROOT));
          if (port < 1 || port > 65_535) {
            throw new StartException(
                "%d is no port for %s: a port is a number from 1 to 65535.".formatted(port, use));
          }
          String other = seen.putIfAbsent(port, use);
          if (other != null) {
            throw new StartException(
                "Port %d is meant for both %s and %s; %s.".formatted(port, other, use, change));
          }
          if (!LoopbackPorts.isFree(port)) {
            throw new StartException(
                "Port %d, which %s needs, is taken%s; %s."
                    .formatted(port, use, PortHolder.of(port).orElse(""), change));
          }
        });
  }

  /**
   * @throws StartException if the disk is almost full
   */
  static void checkSpace(Path data, long minimumFreeBytes) {
    try {
      FileStore disk = Files.getFileStore(data);
      long free = disk.getUsableSpace();
      if (free < minimumFreeBytes) {
        throw new StartException(
            "The disk that holds %s has only %d MiB left and Anton needs %d MiB; make room, or choose another folder with --data-dir or ANTON_HOME."
                .formatted(data, free >> 20, minimumFreeBytes >> 20));
      }
    } catch (IOException e) {
      throw new StartException(
          "The data folder %s cannot be used: %s".formatted(data, e.getMessage()), e);
    }
  }
}
