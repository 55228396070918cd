package dev.anton.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a fault did to executions.
 *
 * @param executions that were accepted, also those whose acceptance got lost on its way
 * @param planned sessions that were planned
 * @param failed executions, and sessions
 * @param interrupted attempts whose executor went away
 * @param repeated events of which the topic has more than one record
 * @param completedTwice nodes with more than one completion
 * @param wrongOrder events whose sequence does not follow on the one before of their key
 * @param startedAfterCancel nodes that began after a cancellation had been accepted
 * @param notOnce executions and sessions without exactly one start, first, and one end, last
 * @param processesLeft processes of the plans that were still there
 * @param secondsToEnd from the fault's end until all had ended
 * @param flaws some of what was wrong
 */
record ExecutionFaultReport(
    String fault,
    int executions,
    int completed,
    int cancelled,
    int planned,
    int failed,
    int interrupted,
    int repeated,
    int completedTwice,
    int wrongOrder,
    int startedAfterCancel,
    int notOnce,
    long processesLeft,
    double secondsToEnd,
    List<String> flaws) {

  private static final String HEAD =
      """
      | fault | executions | completed | cancelled | sessions planned | failed | interrupted nodes | repeated events | completed twice | wrong order | started after cancel | not started and ended once | processes left | all ended after |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %.1f s |",
        fault,
        executions,
        completed,
        cancelled,
        planned,
        failed,
        interrupted,
        repeated,
        completedTwice,
        wrongOrder,
        startedAfterCancel,
        notOnce,
        processesLeft,
        secondsToEnd);
  }

  /** Keeps the row, and makes a table of all rows that are kept. */
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(fault + ".row"), row() + "\n");
    StringBuilder table = new StringBuilder(HEAD);
    for (ExecutionFault known : ExecutionFault.all()) {
      Path kept = folder.resolve(known.name() + ".row");
      if (Files.exists(kept)) {
        table.append(Files.readString(kept));
      }
    }
    Files.writeString(folder.resolve("executions.md"), table);
  }

  void assertSafe() {
    assertThat(executions).as("executions that were accepted").isPositive();
    assertThat(flaws).as("flaws of " + fault).isEmpty();
    assertThat(completedTwice).as("nodes that completed twice").isZero();
    assertThat(startedAfterCancel).as("starts after a cancellation").isZero();
    assertThat(failed).as("executions and sessions that failed").isZero();
    assertThat(processesLeft).as("processes left").isZero();
  }
}
