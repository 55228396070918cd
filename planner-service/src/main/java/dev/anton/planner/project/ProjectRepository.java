package dev.anton.planner.project;

import static org.eclipse.jgit.lib.ConfigConstants.CONFIG_CORE_SECTION;
import static org.eclipse.jgit.lib.ConfigConstants.CONFIG_KEY_HOOKS_PATH;

import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.PersonIdent;

/** A project's git repository. */
final class ProjectRepository implements AutoCloseable {

  static final String PLAN_FILE = ".anton/plan/plan.json";

  private static final String PLAN_README = ".anton/plan/README.md";

  /** What no project of any stack wants in its repository, and Anton's own notes but the plan. */
  private static final String GITIGNORE =
      """
      .anton/*
      !.anton/plan/
      __pycache__/
      *.py[cod]
      .venv/
      *.egg-info/
      *.db
      *.db-shm
      *.db-wal
      node_modules/
      target/
      build/
      dist/
      .idea/
      .vscode/
      .DS_Store
      """;

  /** Longer than a commit takes, and shorter than the lease that a dead owner leaves. */
  private static final Duration LOCKED = Duration.ofSeconds(5);

  private final Git git;
  private final Path folder;
  private final Clock clock;

  private ProjectRepository(Git git, Path folder, Clock clock) {
    // Not saved, since hooks are the user's affair: but programs of plans may write some, and the
    // git
    // configuration of whoever runs the planner may name some, and they would run with all that it
    // knows.
    git.getRepository()
        .getConfig()
        .setString(CONFIG_CORE_SECTION, null, CONFIG_KEY_HOOKS_PATH, "/dev/null");
    this.git = git;
    this.folder = folder;
    this.clock = clock;
  }

  static ProjectRepository create(Path folder, Clock clock) throws IOException {
    try {
      Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
      return new ProjectRepository(git, folder, clock);
    } catch (GitAPIException | JGitInternalException e) {
      throw new IOException("The git repository could not be made: " + e.getMessage(), e);
    }
  }

  /** For whoever holds the session's lease. */
  static ProjectRepository open(Path folder, Clock clock) throws IOException {
    if (!Confined.isFolder(folder.resolve(".git"))) {
      // Neither a link nor a file that names another place.
      throw new IOException("There is no git folder in " + folder);
    }
    removeLocks(folder.resolve(".git"), clock.instant().minus(LOCKED));
    return new ProjectRepository(Git.open(folder.toFile()), folder, clock);
  }

  /**
   * A process that is killed leaves git's lock files behind, and git then refuses to work. A lock
   * that is younger may be held by a former owner of the session who is still at it.
   */
  private static void removeLocks(Path gitFolder, Instant before) throws IOException {
    List<Path> locks;
    try (Stream<Path> files = Files.find(gitFolder, 4, (file, _) -> isLock(file))) {
      locks = files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path lock : locks) {
      if (Files.getLastModifiedTime(lock).toInstant().isBefore(before)) {
        Files.deleteIfExists(lock);
      }
    }
  }

  private static boolean isLock(Path file) {
    return file.getFileName().toString().endsWith(".lock");
  }

  void commitFirst(String name, String prompt) throws IOException {
    write(".gitignore", GITIGNORE);
    write("README.md", PlanReadme.ofProject(name, prompt));
    commit("Start the project " + name);
  }

  void commitPlan(Plan plan) throws IOException {
    write(
        PLAN_FILE,
        WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n");
    write(PLAN_README, PlanReadme.ofPlan(plan));
    commit("Add the plan");
  }

  private void write(String path, String content) throws IOException {
    Confined.write(folder, path, content);
  }

  /** An empty commit is left out, which makes it safe to do again. */
  private void commit(String message) throws IOException {
    PersonIdent anton =
        new PersonIdent("Anton", "anton@localhost", clock.instant(), ZoneOffset.UTC);
    try {
      git.add().addFilepattern(".").call();
      if (git.status().call().hasUncommittedChanges()) {
        // The user's own git configuration must not ask for a key in a server.
        git.commit()
            .setMessage(message)
            .setAuthor(anton)
            .setCommitter(anton)
            .setSign(false)
            .setNoVerify(true)
            .call();
      }
    } catch (GitAPIException | JGitInternalException e) {
      throw new IOException("The commit could not be made: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
