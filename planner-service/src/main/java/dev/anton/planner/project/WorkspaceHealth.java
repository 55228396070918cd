package dev.anton.planner.project;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means that projects can be made. */
@Component("workspace")
final class WorkspaceHealth implements HealthIndicator {

  private final ProjectFolders folders;

  WorkspaceHealth(ProjectFolders folders) {
    this.folders = folders;
  }

  @Override
  public Health health() {
    return (folders.isWritable() ? Health.up() : Health.down()).build();
  }
}
