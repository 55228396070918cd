package dev.anton.planner.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFoldersTest {

  private static final Tenant TENANT = new Tenant("acme");
  private static final ProjectName NAME = new ProjectName("todo-api");
  private static final int WRITES_ONCE_NOTICED = 100;

  @TempDir Path workspace;
  private ProjectFolders folders;
  private Path folder;

  @BeforeEach
  void create() throws IOException {
    folders = new ProjectFolders(new WorkspaceProperties(workspace), Clock.systemUTC());
    folder = folders.folder(TENANT, NAME);
    folders.create(TENANT, NAME, "ses_1", "Build\n# a thing");
  }

  @Test
  void aFolderIsMadeOnce() throws Exception {
    Files.writeString(folder.resolve("later.txt"), "kept");

    folders.create(TENANT, NAME, "ses_1", "Build");

    assertThat(folder.resolve("later.txt")).exists();
    Files.delete(folder.resolve("later.txt"));
    assertThat(commits()).containsExactly("Start the project todo-api");
  }

  @Test
  void anotherSessionsFolderIsNeitherUsedNorRemoved() throws Exception {
    assertThatThrownBy(() -> folders.create(TENANT, NAME, "ses_2", "Build"))
        .isInstanceOf(IOException.class);
    folders.discard(TENANT, NAME, "ses_2");

    assertThat(folder.resolve(".git")).isDirectory();
    assertThat(workspace.resolve("acme").toFile().list()).containsExactly("todo-api");
  }

  @Test
  void whatASessionMadeIsRemovedButNotWhatItLinksTo(@TempDir Path elsewhere) throws Exception {
    Files.writeString(elsewhere.resolve("precious"), "x");
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);

    folders.discard(TENANT, NAME, "ses_1");
    folders.discard(TENANT, NAME, "ses_1");

    assertThat(workspace.resolve("acme")).isEmptyDirectory();
    assertThat(elsewhere.resolve("precious")).exists();
  }

  @Test
  void whatACrashLeftUnfinishedIsReplaced() throws Exception {
    Path unfinished = workspace.resolve("acme/.ses_2");
    Files.createDirectories(unfinished.resolve(".git/objects"));
    ProjectName other = new ProjectName("other");

    folders.create(TENANT, other, "ses_2", "Build");

    assertThat(unfinished).doesNotExist();
    assertThat(folders.folder(TENANT, other).resolve("README.md")).exists();
  }

  @Test
  void aDraftThatIsStillWrittenIsRemovedAllTheSame() throws Exception {
    Path draft = workspace.resolve("acme/.ses_2-late");
    ProjectName other = new ProjectName("other");

    // Stops soon after it was noticed, as a replica does whose step is refused.
    whileSomebodyWrites(
        draft,
        written -> written < WRITES_ONCE_NOTICED,
        () -> folders.create(TENANT, other, "ses_2", "Build"));

    assertThat(draft).doesNotExist();
    assertThat(folders.folder(TENANT, other).resolve("README.md")).exists();
  }

  @Test
  void aDraftThatCannotBeRemovedIsNoReasonToFail() throws Exception {
    Path draft = workspace.resolve("acme/.ses_2-late");
    ProjectName other = new ProjectName("other");

    whileSomebodyWrites(draft, _ -> true, () -> folders.create(TENANT, other, "ses_2", "Build"));

    assertThat(folders.folder(TENANT, other).resolve("README.md")).exists();
  }

  /** Writes files from before the work until its end, or until the last one that is wanted. */
  private static void whileSomebodyWrites(
      Path draft, IntPredicate onceNoticed, ThrowingCallable work) throws Exception {
    Path first = Files.createDirectories(draft).resolve("0");
    Files.writeString(first, "");
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                int noticed = 0;
                for (int i = 1; !done.get() && onceNoticed.test(noticed); i++) {
                  write(draft.resolve(String.valueOf(i)));
                  noticed += Files.exists(first) ? 0 : 1;
                }
                return null;
              });
      try {
        assertThatCode(work).doesNotThrowAnyException();
      } finally {
        done.set(true);
      }
      writer.get();
    }
  }

  private static void write(Path file) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      // The folder has just been removed.
    }
  }

  /** As when a replica stalls past its lease and comes back while its successor works. */
  @RepeatedTest(5)
  void twoThatWorkAtTheSameTimeLeaveOneProject() throws Exception {
    ProjectName name = new ProjectName("shared");
    Path shared = folders.folder(TENANT, name);
    inTwoThreads(() -> folders.create(TENANT, name, "ses_9", "Build"));
    inTwoThreads(() -> folders.commitPlan(shared, plan()));

    try (Git git = Git.open(shared.toFile())) {
      assertThat(git.status().call().isClean()).isTrue();
      assertThat(git.log().call()).extracting(RevCommit::getFullMessage).contains("Add the plan");
    }
    inTwoThreads(() -> folders.discard(TENANT, name, "ses_9"));
    assertThat(workspace.resolve("acme").toFile().list()).containsExactly("todo-api");
  }

  private static void inTwoThreads(ThrowingCallable work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(threads.submit(() -> assertThatCode(work).doesNotThrowAnyException()));
      }
      for (Future<?> one : both) {
        one.get();
      }
    }
  }

  @Test
  void thePlanIsCommittedOnce() throws Exception {
    folders.commitPlan(folder, plan());
    folders.commitPlan(folder, plan());

    assertThat(commits()).containsExactly("Add the plan", "Start the project todo-api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.lock", "HEAD.lock", "refs/heads/main.lock", "config.lock"})
  void locksThatAKilledProcessLeftDoNotHoldUpThePlan(String lock) throws Exception {
    Path left = folder.resolve(".git").resolve(lock);
    Files.writeString(left, "");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(6)));

    folders.commitPlan(folder, plan());

    assertThat(commits()).first().isEqualTo("Add the plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre-commit", "commit-msg", "post-commit"})
  void hooksThatAPlansProgramLeftAreNotRun(String name, @TempDir Path elsewhere) throws Exception {
    Path trace = elsewhere.resolve("ran");
    Path hook = Files.createDirectories(folder.resolve(".git/hooks")).resolve(name);
    Files.writeString(hook, "#!/bin/sh\ntouch '%s'\n".formatted(trace));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

    folders.commitPlan(folder, plan());

    assertThat(commits()).first().isEqualTo("Add the plan");
    assertThat(trace).doesNotExist();
    assertThat(folder.resolve(".git/config")).content().doesNotContain("hooksPath");
  }

  @Test
  void aTenantsFolderThatIsALinkLeadsNowhere(@TempDir Path elsewhere) throws Exception {
    Files.createSymbolicLink(workspace.resolve("linked"), elsewhere);
    Tenant linked = new Tenant("linked");

    assertThatThrownBy(() -> folders.create(linked, NAME, "ses_3", "Build"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("link");
    assertThatThrownBy(() -> folders.discard(linked, NAME, "ses_3"))
        .isInstanceOf(IOException.class);

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aProjectThatWasReplacedByALinkIsNotTheSessions(@TempDir Path elsewhere) throws Exception {
    Files.move(folder, elsewhere.resolve("moved"));
    Files.createSymbolicLink(folder, elsewhere.resolve("moved"));

    assertThatThrownBy(() -> folders.create(TENANT, NAME, "ses_1", "Build"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> folders.commitPlan(folder, plan())).isInstanceOf(IOException.class);
    folders.discard(TENANT, NAME, "ses_1");

    assertThat(elsewhere.resolve("moved/.anton/plan")).doesNotExist();
    assertThat(elsewhere.resolve("moved/README.md")).exists();
  }

  @Test
  void linksInTheProjectAreNotWrittenThrough(@TempDir Path elsewhere) throws Exception {
    Files.writeString(elsewhere.resolve("plan.json"), "precious");
    Files.createDirectories(folder.resolve(".anton/plan"));
    Files.createSymbolicLink(
        folder.resolve(".anton/plan/plan.json"), elsewhere.resolve("plan.json"));

    folders.commitPlan(folder, plan());

    assertThat(elsewhere.resolve("plan.json")).hasContent("precious");
    assertThat(folder.resolve(".anton/plan/plan.json")).content().contains("todo-api");
    assertThat(commits()).first().isEqualTo("Add the plan");
  }

  @Test
  void aFolderInTheProjectThatIsALinkIsRefused(@TempDir Path elsewhere) throws Exception {
    Files.createSymbolicLink(folder.resolve(".anton/plan"), elsewhere);

    assertThatThrownBy(() -> folders.commitPlan(folder, plan()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(".anton/plan");

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aGitFolderThatLiesElsewhereIsRefused(@TempDir Path elsewhere) throws Exception {
    Files.move(folder.resolve(".git"), elsewhere.resolve("git"));
    Files.writeString(folder.resolve(".git"), "gitdir: " + elsewhere.resolve("git") + "\n");

    assertThatThrownBy(() -> folders.commitPlan(folder, plan())).isInstanceOf(IOException.class);
  }

  @Test
  void aFolderOutsideTheWorkspaceGetsNoPlan(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> folders.commitPlan(elsewhere, plan())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> folders.commitPlan(workspace.resolve("acme/../../elsewhere"), plan()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPromptCannotBecomeMarkup() throws Exception {
    assertThat(folder.resolve("README.md")).content().contains("    Build\n    # a thing\n");
  }

  private List<String> commits() throws Exception {
    try (Git git = Git.open(folder.toFile())) {
      assertThat(git.status().call().isClean()).isTrue();
      return StreamSupport.stream(git.log().call().spliterator(), false)
          .map(RevCommit::getFullMessage)
          .toList();
    }
  }

  private static Plan plan() {
    return new Plan(
        "todo-api",
        "A REST API",
        List.of(
            new Plan.Node(
                "a",
                "code",
                "A \"quoted\" label",
                "Do | this",
                "noop",
                List.of(),
                WireJson.mapper().createObjectNode(),
                List.of(),
                null,
                null)));
  }
}
