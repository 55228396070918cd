package dev.anton.planner.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFoldersTest {

  private static final Tenant TENANT = new Tenant("acme");
  private static final ProjectName NAME = new ProjectName("todo-api");

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
  void thePlanIsCommittedOnce() throws Exception {
    folders.commitPlan(folder, plan());
    folders.commitPlan(folder, plan());

    assertThat(commits()).containsExactly("Add the plan", "Start the project todo-api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.lock", "HEAD.lock", "refs/heads/main.lock", "config.lock"})
  void locksThatAKilledProcessLeftDoNotHoldUpThePlan(String lock) throws Exception {
    Files.writeString(folder.resolve(".git").resolve(lock), "");

    folders.commitPlan(folder, plan());

    assertThat(commits()).first().isEqualTo("Add the plan");
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
