package dev.anton.planner.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Keeps what is made inside one folder. Links are not followed: programs that plans start write in
 * the same workspace, and a link that they leave must not lead the planner elsewhere. What is
 * looked at and changed a moment later cannot be seen from here; such programs have the planner's
 * rights in the workspace anyway.
 */
final class Confined {

  private Confined() {}

  /**
   * Makes the folder and those above it.
   *
   * @param root is there, and may be reached by a link: it is the operator's
   * @throws IOException if it is not below the root, or a link is on the way
   */
  static void createFolders(Path root, Path folder) throws IOException {
    Files.createDirectories(root);
    if (!folder.equals(root)) {
      requireNoLinks(root, folder);
      Files.createDirectories(folder);
    }
  }

  /**
   * Writes a file as a whole or not at all; what is there, a link as well, is replaced.
   *
   * @throws IOException as {@link #createFolders}
   */
  static void write(Path root, String path, String content) throws IOException {
    Path file = root.resolve(path);
    Path folder = Objects.requireNonNull(file.getParent(), "below the root");
    createFolders(root, folder);
    Path unfinished = Files.createTempFile(folder, ".anton", null);
    try {
      Files.writeString(unfinished, content, UTF_8);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // A temporary file is its owner's only, but the executor may be somebody else.
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * @throws IOException if the path is not below the root, or it or a folder on the way is a link
   */
  static void requireNoLinks(Path root, Path path) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(root) || normal.equals(root)) {
      throw new IOException("It would not be inside " + root);
    }
    Path at = root;
    for (Path name : root.relativize(normal)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        throw new IOException("It would be reached through the link " + root.relativize(at));
      }
    }
  }

  static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
