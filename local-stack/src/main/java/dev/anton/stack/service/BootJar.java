package dev.anton.stack.service;

import dev.anton.stack.process.Jdk;
import dev.anton.stack.process.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A service's boot jar, unpacked beside itself with Spring Boot's own tool. So a rebuild does not
 * take the classes from under a running service, and the JVM can keep what it learns about them
 * from one start to the next (measured for the gateway: 9.1 s of CPU to ready as a jar, 8.2 s
 * unpacked, 5.3 s with the archive, for 3 s more at the first stop).
 */
public final class BootJar {

  private static final String FOLDER_PREFIX = "unpacked-";

  /** The one before the newest may still be running. */
  private static final int KEPT = 2;

  private final Path jar;

  private BootJar(Path jar) {
    this.jar = jar;
  }

  /**
   * @param module the folder of the module that builds it
   * @throws StartException if it was not built
   */
  public static BootJar of(Path module) {
    Path target = module.resolve("target");
    String pattern = module.getFileName() + "-[0-9].*(?<!-classes)\\.jar";
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .findFirst()
          .map(BootJar::new)
          .orElseThrow(
              () ->
                  new StartException(
                      "%s is not built; ./anton up builds it, and so does mvn package."
                          .formatted(module.getFileName())));
    } catch (IOException e) {
      throw new StartException("%s cannot be read: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** Unpacks it unless that was done before, or cannot be done: the jar itself runs as well. */
  public void unpack() {
    arguments();
  }

  /** The arguments that make {@code java} run it, unpacked if possible. */
  public List<String> arguments() {
    try {
      Path folder = unpacked();
      return List.of(
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"),
          "-Xlog:cds=off", // or it names each class it cannot keep
          "-Xlog:cds+dynamic=off",
          "-jar",
          folder.resolve(jar.getFileName()).toString());
    } catch (IOException e) {
      return List.of("-jar", jar.toString()); // a read-only checkout, perhaps: slower, no worse
    }
  }

  private Path unpacked() throws IOException {
    long version = Files.getLastModifiedTime(jar).toMillis() ^ Files.size(jar);
    Path folder = jar.resolveSibling(FOLDER_PREFIX + Long.toHexString(version));
    if (!Files.isDirectory(folder)) {
      Path fresh = Files.createTempDirectory(jar.getParent(), "unpacking-");
      try {
        extractTo(fresh.resolve("app"));
        Files.move(fresh.resolve("app"), folder);
      } catch (IOException e) {
        if (!Files.isDirectory(folder)) { // else somebody was faster
          throw e;
        }
      } finally {
        FileUtils.deleteDirectory(fresh.toFile());
      }
      discardOld(folder);
    }
    return folder;
  }

  private void extractTo(Path folder) throws IOException {
    Process tool =
        new ProcessBuilder(
                Jdk.java(),
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (tool.waitFor() != 0) {
        throw new IOException(jar + " could not be unpacked");
      }
    } catch (InterruptedException e) {
      tool.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while unpacking " + jar, e);
    }
  }

  private void discardOld(Path newest) throws IOException {
    try (Stream<Path> siblings = Files.list(jar.getParent())) {
      siblings
          .filter(folder -> folder.getFileName().toString().startsWith(FOLDER_PREFIX))
          .filter(folder -> !folder.equals(newest))
          .sorted(
              Comparator.comparingLong((Path folder) -> folder.toFile().lastModified()).reversed())
          .skip(KEPT - 1)
          .forEach(folder -> FileUtils.deleteQuietly(folder.toFile()));
    }
  }
}
