package dev.anton.stack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The words before a command that give it a session of its own, without changing its pid. */
final class OwnSession {

  static final List<String> PREFIX = choose();

  private OwnSession() {}

  private static List<String> choose() {
    if (onPath("setsid")) {
      return List.of("setsid");
    }
    if (onPath("perl")) { // macOS has no setsid command, but a perl
      return List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!", "--");
    }
    return List.of(); // a Ctrl-C then reaches the children too: they stop, only not in our order
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
