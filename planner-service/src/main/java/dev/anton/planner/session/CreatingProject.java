package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.project.ProjectFolders;
import dev.anton.planner.project.ProjectName;
import dev.anton.planner.session.Session.Findings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the project's folder and repository. The name is noted before the folder is made, so that
 * no folder is ever without a session that answers for it.
 */
@Component
final class CreatingProject implements StepWork {

  private static final Logger log = LoggerFactory.getLogger(CreatingProject.class);

  private final SessionTransitions transitions;
  private final ProjectFolders folders;

  CreatingProject(SessionTransitions transitions, ProjectFolders folders) {
    this.transitions = transitions;
    this.folders = folders;
  }

  @Override
  public Step step() {
    return Step.PROJECT_CREATED;
  }

  @Override
  public Transition work(Session session, Lease lease)
      throws StepFailedException, LeaseLostException {
    Findings findings = session.findings();
    ProjectName name = findings.projectName();
    if (name == null) {
      findings = transitions.assignProject(session, lease, wantedName(session));
      name = Objects.requireNonNull(findings.projectName());
    }
    try {
      folders.create(session.tenant(), name, session.id(), session.request().prompt());
    } catch (IOException e) {
      log.warn("Session {}: the project {} cannot be made", session.id(), name, e);
      throw new StepFailedException(
          "The project folder %s cannot be made: %s".formatted(findings.outputDir(), reason(e)));
    }
    return Transition.next(session, findings, "Project folder and git repo initialized");
  }

  private static ProjectName wantedName(Session session) {
    String requested = session.request().projectName();
    return requested == null
        ? ProjectName.of(Objects.requireNonNull(session.findings().brief()))
        : new ProjectName(requested);
  }

  /** The message of a file system's exception begins with the file and may say nothing else. */
  static String reason(IOException e) {
    String reason = e instanceof FileSystemException fse ? fse.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
