package dev.anton.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {

  @Test
  void plainWordsStayPlain() {
    assertThat(new Project("/data/acme/todo-api", List.of("mvn", "-B", "test")).line())
        .isEqualTo("cd /data/acme/todo-api && mvn -B test");
  }

  @Test
  void aShellReadsEachWordAsItIs(@TempDir Path folder) throws IOException, InterruptedException {
    Path odd = Files.createDirectory(folder.resolve("it's $HOME; a `folder`"));

    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                new Project("" + odd, List.of("printf", "%s|", "a b", "$0", "", "'")).line()
                    + " && pwd")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("a b|$0||'|" + odd + "\n");
    assertThat(shell.waitFor()).isZero();
  }
}
