package dev.anton.executor.run;

import dev.anton.executor.execution.StoredExecution;
import dev.anton.executor.schedule.Decision;
import dev.anton.executor.schedule.Schedule;
import dev.anton.schemas.plan.Plan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the holder what to do about an execution that needs nothing more from here. */
interface ExecutionHolder {

  Schedule schedule(StoredExecution execution);

  /** It has ended, or sleeps until the given time; the lease has been given back. */
  void letGo(HeldExecution execution, @Nullable Instant wakeAt);

  /** It cannot go on here. The lease is not given back but runs out. */
  void abandoned(HeldExecution execution);

  /** Kicks the execution at that time. */
  void kickAt(HeldExecution execution, Instant time);

  void committed(String executionId, Decision decision, Map<String, Plan.Node> nodes);

  boolean isDraining();
}
