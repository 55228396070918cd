package dev.anton.planner.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The folders below the workspace. A project's folder appears with its repository in one step, so
 * that a crash leaves either all of it or nothing at its place.
 */
@Component
public class ProjectFolders {

  private static final Logger log = LoggerFactory.getLogger(ProjectFolders.class);

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
    Insistence.on(
        () -> {
          if (!isOwnedBy(folder, sessionId)) {
            Confined.createFolders(workspace, home(tenant));
            make(folder, draft(tenant, sessionId), sessionId, prompt);
          }
        });
    tidyUp(tenant, sessionId);
  }

  /** Everybody works in a draft of their own: two replicas may be at it at the same time. */
  private void make(Path folder, Path draft, String sessionId, String prompt) throws IOException {
    try {
      Files.createDirectory(draft);
      Confined.write(draft, OWNER_FILE, sessionId + "\n");
      try (ProjectRepository repository = ProjectRepository.create(draft, clock)) {
        repository.commitFirst(String.valueOf(folder.getFileName()), prompt);
      }
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(draft);
    }
  }

  /**
   * Commits the plan to the project's repository; does nothing if it is committed already.
   *
   * @throws IOException if it cannot be written
   */
  public void commitPlan(Path folder, Plan plan) throws IOException {
    Confined.requireNoLinks(workspace, folder);
    Insistence.on(
        () -> {
          try (ProjectRepository repository = ProjectRepository.open(folder, clock)) {
            repository.commitPlan(plan);
          }
        });
  }

  /**
   * Removes what the session has made; does nothing if nothing is there, or if the folder is
   * another session's.
   *
   * @throws IOException if it cannot be removed
   */
  public void discard(Tenant tenant, ProjectName name, String sessionId) throws IOException {
    Confined.requireNoLinks(workspace, home(tenant));
    Path folder = folder(tenant, name);
    if (isOwnedBy(folder, sessionId)) {
      Path doomed = draft(tenant, sessionId);
      // Gone from its place at once, however long the deletion takes.
      moveAway(folder, doomed);
    }
    removeDrafts(tenant, sessionId);
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

  private Path draft(Tenant tenant, String sessionId) {
    return home(tenant).resolve("." + sessionId + "-" + UUID.randomUUID());
  }

  private static void moveAway(Path folder, Path doomed) throws IOException {
    try {
      Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Somebody else has just done so.
    }
  }

  /** The project is complete; what else lies beside it is no reason to do without it. */
  private void tidyUp(Tenant tenant, String sessionId) {
    try {
      removeDrafts(tenant, sessionId);
    } catch (IOException e) {
      log.warn("Session {}: drafts of its project cannot be removed", sessionId, e);
    }
  }

  /** Also those that a replica left that died, or in which one that came back too late writes. */
  private void removeDrafts(Tenant tenant, String sessionId) throws IOException {
    if (!Files.exists(home(tenant))) {
      return;
    }
    List<Path> drafts;
    try (Stream<Path> children = Files.list(home(tenant))) {
      drafts =
          children
              .filter(child -> child.getFileName().toString().startsWith("." + sessionId))
              .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path draft : drafts) {
      Insistence.on(() -> delete(draft));
    }
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

  /**
   * Does not follow links: what they point to is not the project's. That somebody else deletes at
   * the same time is no problem.
   */
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
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException problem)
              throws IOException {
            if (problem != null && !(problem instanceof NoSuchFileException)) {
              throw problem;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            if (problem instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw problem;
          }
        });
  }
}
