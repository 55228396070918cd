package dev.anton.executor.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.executor.execution.Commit.Result;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.schedule.Control;
import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.ExecutionProgress;
import dev.anton.lease.Lease;
import dev.anton.schemas.id.Tenant;
import dev.anton.schemas.plan.Plan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransitionWriterTest {

  private final AtomicBoolean memoryIsShort = new AtomicBoolean(true);
  private final TransitionWriter writer =
      new TransitionWriter(new ForgetfulCommits(), new SimpleMeterRegistry());

  @AfterEach
  void stop() {
    writer.stop();
  }

  @Test
  void anErrorIsToldAndTheNextCommitIsStillWritten() throws Exception {
    writer.start();

    assertThatThrownBy(() -> writer.write(commit()).get(10, SECONDS))
        .hasCauseInstanceOf(OutOfMemoryError.class);

    memoryIsShort.set(false);
    assertThat(writer.write(commit()).get(10, SECONDS)).isEqualTo(Result.DONE);
  }

  private static Commit commit() {
    ExecutionDefinition definition =
        new ExecutionDefinition(
            "exe_1",
            new Origin(Tenant.DEFAULT, null, null),
            null,
            new ProjectFolder(null, "/"),
            new Plan("", "", List.of()),
            new RunSettings(1, true));
    Decision nothing =
        new Decision(
            ExecutionProgress.NEW,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Decision.Rest(true, null));
    return new Commit(definition, new Lease("exe_1", 1), 0, Control.RUN, nothing);
  }

  private final class ForgetfulCommits extends Commits {

    ForgetfulCommits() {
      super(null, null);
    }

    @Override
    public List<Result> write(List<Commit> commits) {
      if (memoryIsShort.get()) {
        throw new OutOfMemoryError("for a moment");
      }
      return commits.stream().map(_ -> Result.DONE).toList();
    }
  }
}
