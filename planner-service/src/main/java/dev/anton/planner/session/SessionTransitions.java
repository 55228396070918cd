package dev.anton.planner.session;

import dev.anton.lease.Lease;
import dev.anton.planner.project.ProjectFolders;
import dev.anton.planner.project.ProjectName;
import dev.anton.planner.project.ProjectNames;
import dev.anton.planner.session.Session.Findings;
import dev.anton.schemas.command.StartExecution;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a worker commits: state and events together, or nothing. */
@Service
class SessionTransitions {

  private final SessionRepository repository;
  private final SessionRecords records;
  private final ProjectNames names;
  private final ProjectFolders folders;
  private final Clock clock;

  SessionTransitions(
      SessionRepository repository,
      SessionRecords records,
      ProjectNames names,
      ProjectFolders folders,
      Clock clock) {
    this.repository = repository;
    this.records = records;
    this.names = names;
    this.folders = folders;
    this.clock = clock;
  }

  /**
   * @throws LeaseLostException if another replica has the session, or it has ended; nothing is
   *     changed then
   */
  @Transactional(rollbackFor = LeaseLostException.class)
  void apply(Session session, Lease lease, Transition transition) throws LeaseLostException {
    long version =
        repository.advance(lease, transition, clock.instant()).orElseThrow(LeaseLostException::new);
    records.append(session, transition.events(), version);
    if (transition.executionId() != null) {
      records.append(session, command(session, transition, transition.executionId(), version));
    }
  }

  /**
   * Gives the session a project name that no other has.
   *
   * @return the findings with the name and the folder that is to be made
   * @throws LeaseLostException as {@link #apply}
   */
  @Transactional(rollbackFor = LeaseLostException.class)
  Findings assignProject(Session session, Lease lease, ProjectName wanted)
      throws LeaseLostException {
    ProjectName name =
        names.claim(
            session.tenant(),
            session.id(),
            wanted,
            candidate -> folders.isTaken(session.tenant(), candidate));
    Findings findings = session.findings().with(name, folders.folder(session.tenant(), name));
    if (!repository.assignProject(lease, findings)) {
      throw new LeaseLostException();
    }
    return findings;
  }

  /** Notes that the folder of an ended session is gone, and gives its name back. */
  @Transactional
  void discarded(Lease lease) {
    if (repository.discarded(lease)) {
      names.release(lease.id());
    }
  }

  private static StartExecution command(
      Session session, Transition transition, String executionId, long lastSequence) {
    return new StartExecution(
        executionId,
        session.id(),
        lastSequence,
        Objects.requireNonNull(transition.findings().outputDir()).toString(),
        Objects.requireNonNull(transition.findings().plan()),
        session.request().configOrDefault().maxParallelization(),
        null);
  }
}
