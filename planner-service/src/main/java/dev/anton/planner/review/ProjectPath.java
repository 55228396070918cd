package dev.anton.planner.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.planner.project.Invisible;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * A path that a plan names. A safe one leads to the same place inside the project on Linux, macOS
 * and Windows, and can be checked out by git on each.
 */
final class ProjectPath {

  /** Linux' bound on a whole path is 4,096 bytes; the workspace's own folders need some of it. */
  static final int MAX_LENGTH = 1_000;

  /** Most file systems' bound on one name, in bytes. */
  private static final int MAX_NAME_BYTES = 255;

  /** What belongs to Anton. What belongs to git is JGit's to know. */
  private static final Set<String> RESERVED = Set.of(".anton");

  private ProjectPath() {}

  /**
   * Why a file must not be written there.
   *
   * @return a clause such as {@code is absolute}; empty for a safe path
   */
  static Optional<String> problem(String path) {
    if (path.isBlank()) {
      return Optional.of("is empty");
    }
    if (path.length() > MAX_LENGTH) {
      return Optional.of("has more than %d characters".formatted(MAX_LENGTH));
    }
    if (path.codePoints().anyMatch(Invisible::is)) {
      return Optional.of("holds characters that cannot be seen");
    }
    if (path.startsWith("/") || path.startsWith("~")) {
      return Optional.of("is absolute");
    }
    for (String name : path.split("/", -1)) {
      if (name.equals(".") || name.equals("..")) {
        return Optional.of("leads elsewhere");
      }
      if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
        return Optional.of("has a name of more than %d bytes".formatted(MAX_NAME_BYTES));
      }
    }
    if (RESERVED.contains(key(path.split("/", -1)[0]))) {
      return Optional.of("is Anton's own");
    }
    return gitsProblem(path);
  }

  /** Equal for paths that some file systems cannot tell apart. */
  static String key(String path) {
    return Normalizer.normalize(
        Normalizer.normalize(path, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT),
        Normalizer.Form.NFC);
  }

  /** {@code .git} in all its spellings, device names, what Windows forbids. */
  private static Optional<String> gitsProblem(String path) {
    try {
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkPath(path);
      // The normal form as well: a full-width .git is one after a macOS file system has had it.
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkPath(key(path));
      return Optional.empty();
    } catch (CorruptObjectException e) {
      return Optional.of("is no path that git can check out everywhere");
    }
  }
}
