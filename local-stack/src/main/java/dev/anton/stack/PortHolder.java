package dev.anton.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port, as far as Linux tells us: other users' processes stay unnamed. */
final class PortHolder {

  private static final String LISTENING = "0A";

  private PortHolder() {}

  /** Such as {@code " by java (pid 4711)"}; empty if that cannot be found out. */
  static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listening(Path.of(table), port));
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process, sockets))
        .findFirst()
        .map(process -> " by %s (pid %d)".formatted(program(process), process.pid()));
  }

  /** As {@code /proc/<pid>/fd} shows them. See proc_net_tcp.txt of the kernel for the columns. */
  private static Set<String> listening(Path table, int port) {
    Set<String> found = new HashSet<>();
    String suffix = ":" + "%04X".formatted(port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
          found.add("socket:[" + columns[9] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // not Linux
    }
    return found;
  }

  private static boolean holds(ProcessHandle process, Set<String> sockets) {
    if (sockets.isEmpty()) {
      return false;
    }
    Path files = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
      for (Path file : open) {
        if (sockets.contains(target(file))) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // not ours to look at, or just ended
    }
    return false;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static String program(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().toLowerCase(Locale.ROOT))
        .orElse("another program");
  }
}
