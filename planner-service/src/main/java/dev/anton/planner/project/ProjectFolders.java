package dev.anton.planner.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * The folders below the workspace. A project's folder appears with its repository in one step, so
 * that a crash leaves either all of it or nothing at its place.
 */
@Component
public class ProjectFolders {

  /** Says whose folder it is: only that session uses it again, or removes it. */
  private static final String OWNER_FILE = ".anton/session";

  private final Path workspace;
  private final Clock clock;

  ProjectFolders(WorkspaceProperties properties, Clock clock) {
    this.workspace = properties.workspace().toAbsolutePath().normalize();
    this.clock = clock;
  }

  /** Where the project lies or would lie; absolute. */
  public Path folder(Tenant tenant, ProjectName name) {
    return home(tenant).resolve(name.value());
  }

  public boolean isTaken(Tenant tenant, ProjectName name) {
    return Files.exists(folder(tenant, name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes the folder with a repository and a first commit; does nothing if this session made it
   * before.
   *
   * @throws IOException if it cannot be made, or is somebody else's
   */
  public void create(Tenant tenant, ProjectName name, String sessionId, String prompt)
      throws IOException {
    Path folder = folder(tenant, name);
    if (isOwnedBy(folder, sessionId)) {
      return;
    }
    Path unfinished = unfinished(tenant, sessionId);
    Confined.createFolders(workspace, home(tenant));
    delete(unfinished);
    Files.createDirectory(unfinished);
    Confined.write(unfinished, OWNER_FILE, sessionId + "\n");
    try (ProjectRepository repository = ProjectRepository.create(unfinished, clock)) {
      repository.commitFirst(name.value(), prompt);
    }
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Commits the plan to the project's repository; does nothing if it is committed already.
   *
   * @throws IOException if it cannot be written
   */
  public void commitPlan(Path folder, Plan plan) throws IOException {
    Confined.requireNoLinks(workspace, folder);
    try (ProjectRepository repository = ProjectRepository.open(folder, clock)) {
      repository.commitPlan(plan);
    }
  }

  /**
   * Removes what the session has made; does nothing if nothing is there, or if the folder is
   * another session's.
   *
   * @throws IOException if it cannot be removed
   */
  public void discard(Tenant tenant, ProjectName name, String sessionId) throws IOException {
    Confined.requireNoLinks(workspace, home(tenant));
    delete(unfinished(tenant, sessionId));
    Path folder = folder(tenant, name);
    if (isOwnedBy(folder, sessionId)) {
      Path doomed = unfinished(tenant, sessionId);
      // Gone from its place at once, however long the deletion takes.
      Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
      delete(doomed);
    }
  }

  /** Whether projects can be made at all. */
  boolean isWritable() {
    try {
      Files.createDirectories(workspace);
      return Files.isWritable(workspace);
    } catch (IOException e) {
      return false;
    }
  }

  private Path unfinished(Tenant tenant, String sessionId) {
    return home(tenant).resolve("." + sessionId);
  }

  private Path home(Tenant tenant) {
    return workspace.resolve(tenant.id());
  }

  private static boolean isOwnedBy(Path folder, String sessionId) throws IOException {
    Path owner = folder.resolve(OWNER_FILE);
    return Confined.isFolder(folder)
        && Confined.isFolder(folder.resolve(".anton"))
        && Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
        && Files.readString(owner, UTF_8).strip().equals(sessionId);
  }

  /** Does not follow links: what they point to is not the project's. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
