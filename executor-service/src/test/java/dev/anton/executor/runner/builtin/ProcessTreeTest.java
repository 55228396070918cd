package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {

  /** As a command is for a moment, before {@code setsid} has run. */
  @Test
  void aProcessThatIsStillInOurSessionDoesNotBringUsAlong() throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", "exec sleep 60").start();
    try {
      ProcessTree tree = new ProcessTree(process, true, "ANTON_COMMAND=not-there");

      assertThat(tree.members(ProcessTable.now()))
          .extracting(ProcessTable.Entry::pid)
          .containsExactly(process.pid());
      assertThat(tree.members(ProcessTable.now()))
          .extracting(ProcessTable.Entry::pid)
          .containsExactly(process.pid());
    } finally {
      process.destroyForcibly();
    }
  }
}
