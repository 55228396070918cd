package dev.anton.executor.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.schemas.id.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

  @TempDir Path temporary;
  private Path root;
  private Workspace workspace;

  @BeforeEach
  void makeWorkspace() throws IOException {
    root = temporary.toRealPath().resolve("workspace");
    workspace = new Workspace(new WorkspaceProperties(root));
  }

  @Test
  void aProjectLiesInItsTenantsFolder() throws IOException {
    Path folder = workspace.projectFolder(new Tenant("acme"), "todo-api");

    assertThat(folder).isEqualTo(root.resolve("acme/todo-api")).isDirectory();
    assertThat(workspace.projectFolder(new Tenant("acme"), folder)).isEqualTo(folder);
  }

  @Test
  void whatIsNotInTheTenantsFolderIsRefusedAndNotMade() {
    for (String path : new String[] {"acme", "other/x", "../x", "acme/../other/x", "acme/.."}) {
      assertThatThrownBy(() -> workspace.projectFolder(new Tenant("acme"), root.resolve(path)))
          .as(path)
          .isInstanceOf(IOException.class);
    }
    assertThat(root.resolve("other")).doesNotExist();
    assertThat(temporary.resolve("x")).doesNotExist();
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createDirectories(root.resolve("acme"));
    Files.createSymbolicLink(root.resolve("acme/link"), outside);

    assertThatThrownBy(() -> workspace.projectFolder(new Tenant("acme"), "link"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> workspace.projectFolder(new Tenant("acme"), root.resolve("acme/link/deep")))
        .isInstanceOf(IOException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void projectNamesArePlainFolderNames() {
    assertThat(new String[] {"todo-api", "TodoApi", "a", "0.1_x"})
        .allMatch(Workspace::isProjectName);
    assertThat(new String[] {"", ".", "..", ".git", "a/b", "a b", "-a", "x".repeat(101)})
        .noneMatch(Workspace::isProjectName);
  }
}
