package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
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

  @Test
  void whatIsAskedToEndIsWhatWasStarted() throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", "exec sleep 60").start();
    ProcessTree tree = new ProcessTree(process, true, "ANTON_COMMAND=not-there");

    tree.end();

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aProcessKeepsItsStartOverAnExec() throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", "echo; read -r go; exec cat").start();
    try {
      process.getInputStream().read();
      ProcessTable.ProcessId before = ProcessTable.find(process.pid()).orElseThrow().id();

      process.getOutputStream().write("go\nthrough cat\n".getBytes(UTF_8));
      process.getOutputStream().flush();

      assertThat(new String(process.getInputStream().readNBytes(7), UTF_8)).isEqualTo("through");
      assertThat(ProcessTable.find(process.pid()).orElseThrow().id()).isEqualTo(before);
    } finally {
      process.destroyForcibly();
    }
  }
}
