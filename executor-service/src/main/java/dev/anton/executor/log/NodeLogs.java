package dev.anton.executor.log;

import dev.anton.executor.workspace.Workspace;
import dev.anton.schemas.id.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One file per node, its attempts one after another. A node that says nothing has no file. */
@Component
public class NodeLogs {

  private final Workspace workspace;
  private final Clock clock;

  NodeLogs(Workspace workspace, Clock clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /** The log of one attempt; nothing is opened before its first line. To be closed. */
  public FileNodeLog open(Tenant tenant, String executionId, String nodeId, int attempt) {
    return new FileNodeLog(file(tenant, executionId, nodeId), attempt, clock);
  }

  /** What a node has written so far, or empty if it has written nothing. */
  public Optional<Path> find(Tenant tenant, String executionId, String nodeId) {
    return Optional.of(file(tenant, executionId, nodeId)).filter(Files::isRegularFile);
  }

  /** Follows a node's log from an offset in bytes; it need not have written anything yet. */
  public LogFollower follow(Tenant tenant, String executionId, String nodeId, long offset) {
    return new LogFollower(file(tenant, executionId, nodeId), offset);
  }

  private Path file(Tenant tenant, String executionId, String nodeId) {
    // A node's id is a plain file name but for colons, which some file systems do not take.
    return workspace
        .executionFolder(tenant, executionId)
        .resolve(nodeId.replace(':', '~') + ".log");
  }
}
