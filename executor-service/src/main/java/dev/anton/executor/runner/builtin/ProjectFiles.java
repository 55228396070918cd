package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Writes files of a project, each whole or not at all. */
final class ProjectFiles {

  /** How the names of files begin that are being written; they end with {@code .tmp}. */
  static final String UNFINISHED = ".anton";

  private ProjectFiles() {}

  /**
   * Writes a file, and the folders above it, in place of what was there.
   *
   * @param path as it was given, for the reason of a refusal
   * @param target where {@link ProjectPaths#resolve} says it lies
   * @throws RefusedException if a link leads out of the project, or a folder lies there
   */
  static void write(Path project, String path, Path target, String content, boolean executable)
      throws IOException, RefusedException {
    Path folder = Objects.requireNonNull(target.getParent(), "inside the project");
    Files.createDirectories(folder);
    // What was no link a moment ago may have become one.
    if (!folder.toRealPath().startsWith(project.toRealPath())) {
      throw new RefusedException("The path " + path + " goes through a link");
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("The path " + path + " is a folder");
    }
    Path unfinished = Files.createTempFile(folder, UNFINISHED, null);
    try {
      Files.write(unfinished, content.getBytes(UTF_8));
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(
            unfinished, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
