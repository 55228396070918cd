package dev.anton.executor.workspace;

import dev.anton.schemas.id.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Gives out folders, all of them inside the configured one, whatever names and links there are. */
@Component
public class Workspace {

  /** What a project may be called: a plain folder name that is hidden nowhere. */
  private static final Pattern PROJECT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path root;

  Workspace(WorkspaceProperties properties) {
    this.root = properties.workspace().toAbsolutePath().normalize();
  }

  public static boolean isProjectName(String name) {
    return PROJECT_NAME.matcher(name).matches();
  }

  /**
   * The folder of a project; it is made if it is not there.
   *
   * @param name a {@link #isProjectName project name} or an id
   * @throws IOException if it cannot be made, or a link leads it out of the tenant's folder
   */
  public Path projectFolder(Tenant tenant, String name) throws IOException {
    return make(tenantFolder(tenant).resolve(name), tenant);
  }

  /**
   * A folder that another service has chosen, if it is one of the tenant's.
   *
   * @throws IOException if it is not, or cannot be made
   */
  public Path projectFolder(Tenant tenant, Path chosen) throws IOException {
    try {
      return make(chosen.toAbsolutePath().normalize(), tenant);
    } catch (InvalidPathException e) {
      throw new IOException("The folder has no valid name", e);
    }
  }

  /** Whether folders can be made at all; false says nothing about any of them. */
  public boolean isThere() {
    return Files.isDirectory(root) && Files.isWritable(root);
  }

  /** Where what belongs to an execution but not to its project is kept; not made. */
  public Path executionFolder(Tenant tenant, String executionId) {
    // No project's name begins with a dot.
    return tenantFolder(tenant).resolve(".executions").resolve(executionId);
  }

  private Path make(Path folder, Tenant tenant) throws IOException {
    Path home = Files.createDirectories(tenantFolder(tenant)).toRealPath();
    // Looked at before anything is made, so that nothing is made elsewhere.
    if (!closestReal(folder).startsWith(home)) {
      throw outside();
    }
    Path made = Files.createDirectories(folder).toRealPath();
    if (!made.startsWith(home) || made.equals(home)) {
      throw outside();
    }
    return made;
  }

  private static Path closestReal(Path folder) throws IOException {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
    }
    return folder;
  }

  private static IOException outside() {
    return new IOException("The folder is not inside the tenant's part of the workspace");
  }

  private Path tenantFolder(Tenant tenant) {
    return root.resolve(tenant.id());
  }
}
