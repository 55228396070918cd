package dev.anton.executor.runner.builtin;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths that a plan names, kept inside the project's folder. */
final class ProjectPaths {

  private ProjectPaths() {}

  /**
   * Resolves a path in the project.
   *
   * @param path relative, with forward slashes
   * @throws RefusedException if it leads out of the project, through a link, or into its git folder
   *     (hooks there would be run by others)
   */
  static Path resolve(Path project, String path) throws RefusedException {
    if (path.isBlank() || path.chars().anyMatch(Character::isISOControl) || path.contains("\\")) {
      throw refused(path, "is no plain relative path");
    }
    Path resolved;
    try {
      resolved = project.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw refused(path, "is no plain relative path");
    }
    if (path.startsWith("/") || !resolved.startsWith(project)) {
      throw refused(path, "leads out of the project");
    }
    Path at = project;
    for (Path name : project.relativize(resolved)) {
      if (name.toString().equalsIgnoreCase(".git")) {
        throw refused(path, "leads into the git folder");
      }
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        throw refused(path, "goes through the link " + project.relativize(at));
      }
    }
    return resolved;
  }

  private static RefusedException refused(String path, String why) {
    return new RefusedException("The path " + path + " " + why);
  }
}
